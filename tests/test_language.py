"""Which blocks of a document are read: the English ones, and nothing is dropped by mistake."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
from dataclasses import replace

import pytest
import spacy.lang

from cryomine.document import Block, BlockKind, Document, Source
from cryomine.language import english_part, is_english, is_ordinary, languages_of

GERMAN = (
    "Kälteanwendungen lindern Schmerzen und Schwellungen nach dem Sport. Wer an einer Kälteallergie leidet, sollte die "
    "Kammer meiden und vorher mit einem Arzt sprechen."
)
FRENCH = (
    "Le froid soulage les douleurs du dos et réduit les gonflements après une séance de sport. Les personnes qui "
    "souffrent d'une maladie du coeur doivent demander conseil à leur médecin."
)
SPANISH = (
    "El frío alivia el dolor de espalda y reduce la hinchazón después del ejercicio. Las personas con enfermedades del "
    "corazón deben consultar a su médico antes de entrar en la cámara."
)
ITALIAN = "Il freddo allevia il dolore alla schiena e riduce il gonfiore dopo lo sport, ma non va usato in gravidanza."
DUTCH = "Kou verlicht de pijn in de rug en vermindert de zwelling na het sporten, maar is niet geschikt bij koorts."
DANISH = "Kulde lindrer smerter i ryggen og mindsker hævelse efter sport, men er ikke godt for folk med hjertesygdom."
POLISH = "Zimno łagodzi ból pleców i zmniejsza obrzęk po wysiłku, ale nie jest wskazane dla osób z chorobą serca."
RUSSIAN = "Холод снимает боль в спине и уменьшает отёк после тренировки."
CHINESE = "冷敷可以缓解背部疼痛，并减轻运动后的肿胀。"
GREEK = "Το κρύο ανακουφίζει από τον πόνο στην πλάτη και μειώνει το πρήξιμο."
ARABIC = "يخفف البرد من آلام الظهر ويقلل التورم بعد الرياضة."
ENGLISH = (
    "Cold eases the pain in the back and brings the swelling down after sport. People who have heart disease should "
    "ask their doctor before they enter the chamber."
)


def document(*blocks: str) -> Document:
    text = "\n".join(blocks)
    spans = [(m.start(), m.end()) for m in re.finditer(r".+", text)]
    return Document(text, tuple(Block(BlockKind.PARAGRAPH, a, b) for a, b in spans), Source("a"))


def kept(*blocks: str) -> list[str]:
    part = english_part(document(*blocks))
    return [part.document.text[block.start : block.end] for block in part.document.blocks]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (SPANISH, "es"),
        (ITALIAN, "it"),
        (DUTCH, "nl"),
        (DANISH, "da"),
        (POLISH, "pl"),
        (RUSSIAN, "ru"),
        (CHINESE, "zh"),
        (GREEK, "el"),
        (ARABIC, "ar"),
    ],
)
def test_a_document_in_another_language_is_skipped(text: str, code: str) -> None:
    part = english_part(document(text))
    assert (part.language, part.skipped, part.document.blocks) == (code, f"not English: {code}", ())


@pytest.mark.parametrize(
    "blocks",
    [
        (ENGLISH,),
        ("Cryotherapy", ENGLISH, "Raynaud's disease", "Herpes zoster", "Molluscum contagiosum", "Cold urticaria"),
        ("Do not use if you have:", "Diabetes mellitus", "Lupus erythematosus", "Asthma"),
        (ENGLISH, "FLOAT ROOM · 60 min · $80", "LOCAL CRYO · 8 min · $35", "COMPRESSION BOOTS · 20 min · $25"),
        (ENGLISH, "The α-adrenergic receptor, β2 and γ", "–", "48 °F", "№ 3"),
        ("Ice relieves pain.",),
        ("Ice relieves pain. Ice relieves itching.",),
        ("Snow harms toes. Ice relieves Itching.",),
        ("Multiple sclerosis", "Psoriasis", "Lupus erythematosus", "Rheumatoid arthritis"),
        ("Eases Ménière's disease, Sjögren's syndrome and Guillain–Barré syndrome.",),
        ("",),
    ],
)
def test_english_is_read_whole(blocks: tuple[str, ...]) -> None:
    given = document(*blocks)
    part = english_part(given)
    assert part.document is given, "nothing left out, nothing copied"
    assert part.skipped == ""
    assert part.language in {"en", "und"}


def test_only_the_english_blocks_of_a_mixed_document_are_read() -> None:
    given = document("Cold therapy", ENGLISH, "Kältetherapie", GERMAN, GERMAN)
    part = english_part(given)
    assert part.language == "de+en"
    assert part.skipped == "3 of 5 blocks not English: de"
    assert part.document.text == given.text, "the offsets stay what they are"
    assert set(part.document.blocks) < set(given.blocks)
    assert kept("Cold therapy", ENGLISH, "Kältetherapie", GERMAN, GERMAN) == ["Cold therapy", ENGLISH]


def test_short_blocks_go_with_those_around_them() -> None:
    assert kept(GERMAN, "Asthma", "Diabetes", GERMAN, ENGLISH * 3, "Asthma") == [ENGLISH * 3, "Asthma"]


def test_a_short_block_in_another_script_is_never_read() -> None:
    assert kept(ENGLISH, RUSSIAN[:20], CHINESE) == [ENGLISH]


def test_three_languages_are_told_apart() -> None:
    part = english_part(document(ENGLISH, GERMAN, RUSSIAN, FRENCH))
    assert part.language == "fr+de+en+ru" or set(part.language.split("+")) == {"en", "de", "fr", "ru"}
    assert part.skipped == "3 of 4 blocks not English: " + ", ".join(c for c in part.language.split("+") if c != "en")


@pytest.mark.parametrize(
    ("text", "stated", "language", "skipped"),
    [
        ("Kryo lindert Gicht", "de-AT", "de", "not English: de, as it states itself"),
        ("Kryo lindert Gicht", "", "und", ""),
        ("Ice eases gout", "en-GB", "und", ""),
        (ENGLISH, "de", "en", ""),  # a template's word against the text's own
    ],
)
def test_what_a_page_states_counts_where_the_text_is_too_short(
    text: str, stated: str, language: str, skipped: str
) -> None:
    given = document(text)
    given = replace(given, source=replace(given.source, metadata={"language": stated}))
    part = english_part(given)
    assert (part.language, part.skipped, bool(part.document.blocks)) == (language, skipped, not skipped)


def test_an_english_slogan_makes_no_english_document() -> None:
    part = english_part(document(*[GERMAN] * 8, "Stay cool with the best of us"))
    assert part.document.blocks == ()
    assert part.language == "de"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        (ENGLISH, True),
        ("Do not use if you have:", True),
        ("Asthma", False),
        ("Kulde er godt for smerter", False),  # one word that both languages have
        ("Das hat er also in Berlin so gesagt", False),
        ("", False),
    ],
)
def test_what_function_words_alone_decide(text: str, english: bool) -> None:
    assert is_english(text) is english


def test_the_detector_is_not_loaded_for_an_english_article() -> None:
    def never(_: str) -> tuple[str, float, float]:
        raise AssertionError("asked about a plain article")

    blocks = ["Who should stay out", ENGLISH, "Asthma", "Heart failure", "High blood pressure", ENGLISH]
    assert languages_of(blocks, never) == ["en"] * 6


@pytest.mark.parametrize(
    ("text", "ordinary"),
    [
        ("Benefits: better healing, less pain, a lower risk of amputation.", True),
        ("Ice massage, small areas: 5-10 min in small circles, 10-15 minutes over a muscle", True),
        ("Asthma, gout, lupus", False),  # too short to tell
        (GERMAN, False),
        (DANISH, False),
        (DUTCH, False),
        (FRENCH, False),
        ("", False),
    ],
)
def test_what_ordinary_words_decide(text: str, ordinary: bool) -> None:
    assert is_ordinary(text) is ordinary


def test_no_other_language_is_taken_for_english_by_its_words() -> None:
    sentences = [
        sentence
        for module in pkgutil.iter_modules(spacy.lang.__path__)
        if module.ispkg
        and module.name not in {"en", "xx"}  # "xx" has sentences of all languages, English too
        and importlib.util.find_spec(f"spacy.lang.{module.name}.examples")
        for sentence in importlib.import_module(f"spacy.lang.{module.name}.examples").sentences
    ]
    assert len(sentences) > 300
    assert [sentence for sentence in sentences if is_ordinary(sentence) or is_english(sentence)] == []
