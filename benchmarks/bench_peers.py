"""The same work by others: medspaCy and negspacy, each in an environment of its own, against ours, on the same text.

    python benchmarks/bench_peers.py     # makes the environments, in benchmarks/.peers, when there are none

The work: sentences, the same 500 names of conditions, and whether each is denied. medspaCy with the sentencizer, its
target matcher and ConText; its default pipeline (PyRuSH sentences) with the same names; negspacy with the sentencizer
and an entity ruler. Ours does more (relations, lists, links). CPU seconds; the time to build each pipeline is left out.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
PEERS = ROOT / "benchmarks" / ".peers"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

NAMES = 500
FASTER = {"medspaCy": 5, "medspaCy, default": 40}  # times that ours has to be

TIME = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import spacy
texts, names = json.load(open(sys.argv[1]))
words = sum(len(text.split()) for text in texts)
def time_of(name, nlp):
    next(iter(nlp.pipe(texts[:1])))
    begun = time.process_time()
    for doc in nlp.pipe(texts):
        [(ent.text, ent._.is_negated if name.startswith("medspaCy") else ent._.negex) for ent in doc.ents]
    print(json.dumps([name, words / (time.process_time() - begun)]), flush=True)
"""
MEDSPACY = """
import medspacy
from medspacy.ner import TargetRule
from medspacy.context import ConText
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
matcher = nlp.add_pipe("medspacy_target_matcher")
nlp.add_pipe("medspacy_context")
default = medspacy.load()
for target in (matcher, default.get_pipe("medspacy_target_matcher")):
    target.add([TargetRule(name, "CONDITION") for name in names])
time_of("medspaCy", nlp)
texts = texts[: max(1, len(texts) // 5)]
words = sum(len(text.split()) for text in texts)
time_of("medspaCy, default", default)
"""
NEGSPACY = """
from negspacy.negation import Negex
nlp = spacy.blank("en")
nlp.add_pipe("sentencizer")
nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"}).add_patterns(
    [{"label": "CONDITION", "pattern": name} for name in names])
nlp.add_pipe("negex", config={"ent_types": ["CONDITION"]})
time_of("negspacy", nlp)
"""
SCRIPTS = {"medspacy": MEDSPACY, "negspacy": NEGSPACY}


def environment(peer: str) -> Path:
    """The Python of a peer's own environment, made when there is none."""
    folder = PEERS / peer
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", peer], check=True)
    return python


def ours(texts: list[str]) -> float:
    """Words/s of the extraction step."""
    import time

    from cryomine.extraction import Extractor
    from cryomine.ingest import plain
    from cryomine.packs import load_pack

    extractor = Extractor(load_pack())
    documents = [plain.document(text) for text in texts]
    extractor.claims(documents[0])
    begun = time.process_time()
    for document in documents:
        extractor.claims(document)
    return sum(len(text.split()) for text in texts) / (time.process_time() - begun)


def main() -> int:
    """Print words/s and how many times faster ours is; 1 where that is less than it has to be."""
    import generate

    from cryomine.packs import load_pack

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=1)
    given = parser.parse_args()
    texts = generate.megabytes(given.megabytes, kind="ordinary")
    names = [concept.name for concept in load_pack().concepts][:NAMES]
    rate = ours(texts)
    print(f"{'cryomine, extraction step':28} {rate:>9,.0f} words/s")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.json"
        data.write_text(json.dumps([texts, names]), encoding="utf-8")
        for peer, script in SCRIPTS.items():
            command = [str(environment(peer)), "-c", TIME + script, str(data)]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            for line in out.splitlines():
                if line.startswith("["):
                    name, theirs = json.loads(line)
                    missed += rate < FASTER.get(name, 0) * theirs
                    print(f"{name:28} {theirs:>9,.0f} words/s, ours {rate / theirs:.1f} times that", flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
