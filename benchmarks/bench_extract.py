"""How fast is extraction, against the floor of a blank spaCy pipeline on the same text in the same run?

    python benchmarks/bench_extract.py              # 3 MB of generated articles, best of three
    python benchmarks/bench_extract.py --kind about # articles about the therapy alone: claims in every other sentence
    python benchmarks/bench_extract.py --profile    # and where the time goes

Every stage starts cold (a new pipeline, a new extractor), so that a warm cache flatters none. Times are CPU seconds of
this process: what else the machine does hardly counts. Exit code 1 where a floor is missed.
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

# Of the words/s of blank("en") + sentencizer: the step alone (or 200,000 words/s), and text in, CSV out.
LEAST_STEP, LEAST_STEP_WORDS, LEAST_END_TO_END = 1 / 3, 200_000, 1 / 2
Stage = Callable[[], tuple[Callable[[], object], ...]]


def drain(things: Iterable[object]) -> int:
    """Use up an iterable; how many there were."""
    return sum(1 for _ in things)


def stages(
    texts: list[str], documents: list[Document], pack: Pack, folder: Path
) -> dict[str, Callable[[], Callable[[], object]]]:
    """What is timed, by name: a function that gets everything ready and gives the function to time."""

    def blank(*pipes: str) -> Callable[[], object]:
        nlp = spacy.blank("en")
        for pipe in pipes:
            nlp.add_pipe(pipe)
        return lambda: drain(nlp.pipe(texts))

    def tokens() -> Callable[[], object]:
        extractor = Extractor(pack)
        return lambda: drain(map(extractor.tokens, documents))

    def matched() -> Callable[[], object]:
        extractor = Extractor(pack)
        return lambda: drain(extractor.knowledge.matcher(extractor.tokens(document)) for document in documents)

    def found() -> Callable[[], object]:
        extractor = Extractor(pack)
        return lambda: drain(extractor.found(document, extractor.tokens(document)) for document in documents)

    def claims() -> Callable[[], object]:
        extractor = Extractor(pack)
        return lambda: drain(map(extractor.claims, documents))

    def read() -> Callable[[], object]:
        return lambda: drain(map(plain.document, texts))

    def end_to_end() -> Callable[[], object]:
        from cryomine.batch import Options, run

        extractor = Extractor(pack)
        number = len(list(folder.glob("out*")))
        return lambda: run([folder / "articles"], pack, Options(folder / f"out{number}"), extractor)

    return {
        "blank tokenizer": blank,
        "blank + sentencizer": lambda: blank("sentencizer"),
        "reading the structure": read,
        "our tokens": tokens,
        "+ phrases": matched,
        "+ claims": found,
        "+ links = Extractor.claims": claims,
        "end to end": end_to_end,
    }


def seconds(ready: Callable[[], Callable[[], object]], rounds: int) -> float:
    """The least CPU time of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        work = ready()
        gc.collect()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> int:
    """Print words/s and ratios; 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kind", choices=generate.KINDS, default="ordinary")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    pack = load_pack()
    texts = generate.megabytes(given.megabytes, kind=given.kind)
    documents = [plain.document(text) for text in texts]
    extractor = Extractor(pack)
    words = sum(len(text.split()) for text in texts)
    found = sum(len(extractor.claims(document)) for document in documents[:200])
    of = sum(len(text.split()) for text in texts[:200])
    print(f"{words:,} words in {len(texts):,} articles ({given.kind}), {1000 * found / of:.0f} claims in 1,000 words")
    rates: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder) / "articles", len(texts), kind=given.kind)
        for name, ready in stages(texts, documents, pack, Path(folder)).items():
            rates[name] = words / seconds(ready, given.rounds)
            floor = rates.get("blank + sentencizer")
            share = f"{rates[name] / floor:6.2f} of blank + sentencizer" if floor else ""
            print(f"{name:28} {rates[name]:>11,.0f} words/s {share}", flush=True)
    if given.profile:
        profile(pack, documents)
    floor = rates["blank + sentencizer"]
    step = rates["+ links = Extractor.claims"] >= min(LEAST_STEP_WORDS, LEAST_STEP * floor)
    whole = rates["end to end"] >= LEAST_END_TO_END * floor
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
