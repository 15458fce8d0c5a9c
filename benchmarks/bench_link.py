"""How many unseen, noisy names a second does the linker look up, at 2,000 names and at 100,000?

    python benchmarks/bench_link.py

Every string is looked up once (nothing comes from the memo): a third misspelt names, a third names in longer phrases,
a third phrases that name nothing. The larger vocabulary is made of the pack's words and of made-up ones, seeded.
Exit code 1 where a floor is missed: 3,000 look-ups a second at 2,000 names, 2,000 at 100,000.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "link")]

from misspell import misspell  # noqa: E402

from cryomine.link.linker import Linker  # noqa: E402
from cryomine.packs import load_pack  # noqa: E402
from cryomine.packs.schema import Concept, Pack  # noqa: E402

FLOORS = {2_000: 3_000, 100_000: 2_000}
LOOKUPS = 6_000
SYLLABLES = ("ab", "ac", "ar", "be", "bra", "cal", "car", "col", "cu", "de", "do", "ec", "en", "fi", "gan", "ge", "hy",
             "im", "ka", "la", "lin", "ma", "me", "no", "oph", "os", "pa", "per", "ra", "ri", "sa", "to")  # fmt: skip
ENDINGS = ("itis", "osis", "oma", "emia", "algia", "pathy", "uria", "plasia", "ectasia", "sclerosis", "penia")


def vocabulary(pack: Pack, count: int, rng: random.Random) -> list[Concept]:
    """``count`` names: the pack's own, then combinations of its words with 40,000 made-up ones."""
    names = dict.fromkeys(name for concept in pack.concepts for name in (concept.name, *concept.synonyms))
    words = sorted({word for name in names for word in name.lower().split() if word.isalpha()})
    made = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 3))) + rng.choice(ENDINGS) for _ in range(40_000)]
    found = dict.fromkeys(sorted(names)[:: max(1, len(names) // count)][:count])
    while len(found) < count:
        found.setdefault(" ".join([*rng.choices(words, k=rng.randint(1, 2)), rng.choice(made)]))
    return [Concept(f"C{number}", name, "disease") for number, name in enumerate(found)]


def noisy(names: Sequence[str], count: int, rng: random.Random) -> list[str]:
    """``count`` distinct strings that are no names."""
    long_enough = [name for name in names if len(name) > 5 and name.replace(" ", "").isalpha()]
    words = sorted({word for name in names for word in name.lower().split()})
    found: dict[str, None] = {}
    while len(found) < count:
        name = rng.choice(long_enough).lower()
        kinds = (
            lambda name: misspell(name, rng),
            lambda name: f"{rng.choice(('very severe', 'recent', 'some kind of'))} {misspell(name, rng)} {len(found)}",
            lambda _: " ".join(rng.sample(words, 3)),
        )
        found.setdefault(kinds[len(found) % 3](name))
    return list(found)


def main() -> int:
    """Print one line per size; 1 where a floor is missed."""
    pack = load_pack("cryotherapy")
    missed = 0
    for size, floor in FLOORS.items():
        rng = random.Random(size)
        concepts = vocabulary(pack, size, rng)
        names = [concept.name for concept in concepts]
        strings = noisy(names, LOOKUPS, rng)
        linker = Linker(concepts, pack.lexicon.get("modifiers", ()), pack.lexicon.get("equivalents", ()))
        start = time.perf_counter()
        linker.link("chronik pain")
        built = time.perf_counter() - start
        start = time.process_time()  # of this process: others on the machine do not count
        linked = sum(linker.link(string).kind != "none" for string in strings)
        rate = len(strings) / (time.process_time() - start)
        missed += rate < floor
        print(f"{size:>7,} names: {rate:>7,.0f} look-ups/s (floor {floor:,}), {linked / len(strings):.0%} linked, "
              f"index built in {built:.2f} s")  # fmt: skip
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
