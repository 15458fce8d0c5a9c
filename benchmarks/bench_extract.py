"""How fast is extraction, against the floor of a blank spaCy pipeline on the same text in the same run?

    python benchmarks/bench_extract.py              # 5 MB of generated articles, twice, best of three
    python benchmarks/bench_extract.py --kind about # articles about the therapy alone: claims in every other sentence
    python benchmarks/bench_extract.py --profile    # and where the time goes

Every stage, the floor's too, is timed cold (a new pipeline, a new extractor, its first 5 MB) and warm (the same one,
the next 5 MB, other articles). The aims are judged cold. Times are CPU seconds of this process: what else the machine
does counts for little. Exit code 1 where an aim is missed.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

import generate  # noqa: E402
import spacy  # noqa: E402

from cryomine.document import Document  # noqa: E402
from cryomine.extraction import Extractor  # noqa: E402
from cryomine.ingest import plain  # noqa: E402
from cryomine.packs import load_pack  # noqa: E402
from cryomine.packs.schema import Pack  # noqa: E402

FLOOR, STEP, WHOLE = "blank + sentencizer", "+ links = Extractor.claims", "end to end"
# Of the words/s of blank("en") + sentencizer: the step alone (or 200,000 words/s), and text in, CSV out.
LEAST_STEP, LEAST_STEP_WORDS, LEAST_END_TO_END = 1 / 3, 200_000, 1 / 2


@dataclass(frozen=True)
class Articles:
    """The same articles as texts, as documents, and as files in a folder."""

    texts: list[str]
    documents: list[Document]
    folder: Path

    @classmethod
    def made(cls, size: float, seed: int, kind: str, folder: Path) -> Articles:
        """``size`` MB of them, written to ``folder``."""
        texts = generate.megabytes(size, seed, kind)
        generate.write(folder, len(texts), seed, kind=kind)
        return cls(texts, [plain.document(text) for text in texts], folder)

    @property
    def words(self) -> int:
        """White-space separated ones."""
        return sum(len(text.split()) for text in self.texts)


Work = Callable[[Articles], object]


def drain(things: Iterable[object]) -> int:
    """Use up an iterable; how many there were."""
    return sum(1 for _ in things)


def stages(pack: Pack) -> dict[str, Callable[[], Work]]:
    """What is timed, by name: a function that gets everything ready and gives the function to time."""

    def blank(*pipes: str) -> Work:
        nlp = spacy.blank("en")
        for pipe in pipes:
            nlp.add_pipe(pipe)
        return lambda articles: drain(nlp.pipe(articles.texts))

    def read() -> Work:
        return lambda articles: drain(map(plain.document, articles.texts))

    def with_extractor(each: Callable[[Extractor, Document], object]) -> Callable[[], Work]:
        def ready() -> Work:
            extractor = Extractor(pack)
            return lambda articles: drain(each(extractor, document) for document in articles.documents)

        return ready

    def end_to_end() -> Work:
        from cryomine.batch import Options, run

        extractor = Extractor(pack)

        def work(articles: Articles) -> object:
            with tempfile.TemporaryDirectory() as output:
                return run([articles.folder], pack, Options(Path(output) / "out"), extractor)

        return work

    return {
        "blank tokenizer": blank,
        FLOOR: lambda: blank("sentencizer"),
        "reading the structure": read,
        "our tokens": with_extractor(lambda x, document: x.tokens(document)),
        "+ phrases": with_extractor(lambda x, document: x.knowledge.matcher(x.tokens(document))),
        "+ claims": with_extractor(lambda x, document: x.found(document, x.tokens(document))),
        STEP: with_extractor(lambda x, document: x.claims(document)),
        WHOLE: end_to_end,
    }


def seconds(ready: Callable[[], Work], first: Articles, second: Articles, rounds: int) -> tuple[float, float]:
    """The least CPU time of some rounds, cold and warm."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        work = ready()
        for at, articles in enumerate((first, second)):
            gc.collect()
            start = time.process_time()
            work(articles)
            best[at] = min(best[at], time.process_time() - start)
    return best[0], best[1]


def main() -> int:
    """Print words/s and ratios; 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kind", choices=generate.KINDS, default="ordinary")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    pack = load_pack()
    cold: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        first = Articles.made(given.megabytes, 7, given.kind, Path(name) / "first")
        second = Articles.made(given.megabytes, 8, given.kind, Path(name) / "second")
        extractor = Extractor(pack)
        found = sum(len(extractor.claims(document)) for document in first.documents[:200])
        of = sum(len(text.split()) for text in first.texts[:200])
        print(
            f"{first.words:,} words in {len(first.texts):,} articles ({given.kind}), {1000 * found / of:.0f} claims in "
            f"1,000 words; cold, then warm over {second.words:,} other words"
        )
        warm_floor = 0.0
        for name, ready in stages(pack).items():
            times = seconds(ready, first, second, given.rounds)
            cold[name], warm = first.words / times[0], second.words / times[1]
            warm_floor = warm if name == FLOOR else warm_floor
            shares = (
                f"{cold[name] / cold[FLOOR]:6.2f} of {FLOOR}, warm {warm / warm_floor:.2f}" if FLOOR in cold else ""
            )
            print(f"{name:28} {cold[name]:>11,.0f} words/s, warm {warm:>11,.0f} {shares}", flush=True)
        if given.profile:
            profile(pack, first.documents)
    step = cold[STEP] >= min(LEAST_STEP_WORDS, LEAST_STEP * cold[FLOOR])
    whole = cold[WHOLE] >= LEAST_END_TO_END * cold[FLOOR]
    print(f"extraction step: {'holds' if step else 'MISSED'}; end to end: {'holds' if whole else 'MISSED'}")
    return int(not (step and whole))


def profile(pack: Pack, documents: list[Document]) -> None:
    """Where the extraction step spends its time, by function."""
    extractor = Extractor(pack)
    profiler = cProfile.Profile()
    profiler.runcall(lambda: drain(map(extractor.claims, documents)))
    stats = pstats.Stats(profiler)
    stats.strip_dirs().sort_stats("tottime").print_stats(45)
    stats.sort_stats("cumulative").print_stats(60)


if __name__ == "__main__":
    sys.exit(main())
