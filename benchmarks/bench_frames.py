"""Does `extract_frame` on the parts of a table give what `extract` gives on files: by pandas, Dask, Ray Data, Spark?

    python benchmarks/bench_frames.py --documents 400 --parts 8

Those that are not installed in this environment are named and left out. Tables are compared value by value, after
sorting; types too, aside from Ray, whose blocks are Arrow tables. Exit code 1 where one differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "benchmarks")]

import generate  # noqa: E402

if TYPE_CHECKING:
    import pandas as pd


def by_pandas(articles: pd.DataFrame, parts: int) -> pd.DataFrame:
    """Part by part in this process."""
    import pandas as pd

    import cryomine

    size = -(-len(articles) // parts)
    return pd.concat([cryomine.extract_frame(articles[at : at + size]) for at in range(0, len(articles), size)])


def by_dask(articles: pd.DataFrame, parts: int) -> pd.DataFrame:
    """Partitions in two processes."""
    import dask.dataframe as dd

    import cryomine

    empty = cryomine.extract_frame(articles[:0])
    frame = dd.from_pandas(articles, npartitions=parts)
    return frame.map_partitions(cryomine.extract_frame, meta=empty).compute(scheduler="processes", num_workers=2)


def by_ray(articles: pd.DataFrame, parts: int) -> pd.DataFrame:
    """Blocks in two workers."""
    import ray

    import cryomine

    ray.init(num_cpus=2, include_dashboard=False, runtime_env={"env_vars": {"PYTHONPATH": str(ROOT / "src")}})
    dataset = ray.data.from_pandas(articles).repartition(parts)
    return dataset.map_batches(cryomine.extract_frame, batch_format="pandas").to_pandas()


def by_spark(articles: pd.DataFrame, parts: int) -> pd.DataFrame:
    """Partitions in two local executors."""
    import os

    from pyspark.sql import SparkSession
    from pyspark.sql.types import DoubleType, LongType, StringType, StructField, StructType

    import cryomine
    from cryomine.claims import COLUMNS, Kind

    os.environ |= {"PYTHONPATH": str(ROOT / "src"), "PYSPARK_PYTHON": sys.executable}
    types = {Kind.INTEGER: LongType(), Kind.NUMBER: DoubleType()}
    schema = StructType([StructField(column.name, types.get(column.kind, StringType())) for column in COLUMNS])
    session = SparkSession.builder.master("local[2]").getOrCreate()
    frame = session.createDataFrame(articles).repartition(parts)
    return frame.mapInPandas(lambda given: map(cryomine.extract_frame, given), schema).toPandas()


ENGINES: dict[str, tuple[str, Callable[[pd.DataFrame, int], pd.DataFrame]]] = {
    "pandas": ("pandas", by_pandas),
    "Dask": ("dask.dataframe", by_dask),
    "Ray Data": ("ray.data", by_ray),
    "Spark": ("pyspark", by_spark),
}


def differing(found: pd.DataFrame, wanted: pd.DataFrame) -> list[str]:
    """The columns in which two tables differ, their rows sorted by value; their number of rows, where that does."""
    if len(found) != len(wanted):
        return [f"{len(found):,} rows"]
    columns = (zip(*_rows(found, wanted), strict=True), zip(*_rows(wanted, wanted), strict=True))
    return [name for name, one, other in zip(wanted.columns, *columns, strict=True) if one != other]


def _rows(frame: pd.DataFrame, like: pd.DataFrame) -> list[tuple[object, ...]]:
    """The rows as plain values, in an order that does not depend on the types of the columns."""
    columns = [frame[name].astype("object").where(frame[name].notna(), None) for name in like.columns]
    return sorted(zip(*columns, strict=True), key=lambda row: [str(cell) for cell in row])


def main() -> int:
    """Print one line per engine; 1 where one gives another table."""
    import importlib.util

    import pandas as pd

    import cryomine

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--parts", type=int, default=8)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        generate.write(Path(folder), given.documents)
        begun = time.perf_counter()
        wanted = cryomine.extract(folder)
        first = time.perf_counter() - begun
        paths = sorted(Path(folder).rglob("*.txt"))
        articles = pd.DataFrame(
            {
                "source": [path.relative_to(folder).as_posix() for path in paths],
                "text": [path.read_bytes().decode("utf-8") for path in paths],
            }
        )
    print(f"{'extract':9} {len(wanted):,} claims of {len(articles):,} articles, {first:.1f} s")
    missed = 0
    for name, (module, work) in ENGINES.items():
        try:
            installed = importlib.util.find_spec(module) is not None
        except ModuleNotFoundError:
            installed = False
        if not installed:
            print(f"{name:9} is not installed here: not measured")
            continue
        begun = time.perf_counter()
        found = work(articles, given.parts)
        taken = time.perf_counter() - begun
        columns = differing(found, wanted)
        same = "the same rows" if not columns else f"DIFFERS: {', '.join(columns)}"
        types = "" if list(found.dtypes) == list(wanted.dtypes) else ", other types"
        print(f"{name:9} {same}{types}; {taken / first:.2f} times the time", flush=True)
        missed += bool(columns)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
