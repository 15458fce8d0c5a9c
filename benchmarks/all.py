"""All benchmarks, one after the other, as docs/performance.md has them.

    python benchmarks/all.py            # about an hour on two cores; let the machine be quiet
    python benchmarks/all.py --quick    # small sizes, some minutes: do they all run?

Each says what it measures and ends with 1 where an aim is missed; so does this.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parent
FULL = (
    "bench_extract.py",
    "bench_extract.py --kind about",
    "bench_peers.py",
    "bench_link.py",
    "bench_compare.py",
    "bench_scale.py startup again document vocabulary",
    "bench_scale.py workers --megabytes 1 5 20",
    "bench_scale.py growth --documents 10 100 1000 10000 100000",
    "bench_frames.py",
)
QUICK = (
    "bench_extract.py --megabytes 0.5 --rounds 1",
    "bench_link.py",
    "bench_scale.py startup",
    "bench_scale.py workers --megabytes 3",
    "bench_scale.py growth --documents 10 100",
    "bench_frames.py --documents 40",
)


def main() -> int:
    """Run them; 1 where one missed an aim or did not run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    missed = []
    for line in QUICK if parser.parse_args().quick else FULL:
        script, *arguments = line.split()
        print(f"\n== python benchmarks/{line}", flush=True)
        if subprocess.run([sys.executable, BENCHMARKS / script, *arguments]).returncode:
            missed.append(line)
    for line in missed:
        print(f"missed an aim, or did not run: {line}")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
