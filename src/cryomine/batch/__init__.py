"""A run: inputs through the extractor into an output folder, one bad input never stopping the others."""

from __future__ import annotations

from cryomine.batch.definition import Definition, load_definition
from cryomine.batch.run import Options, Progress, Summary, run
from cryomine.batch.work import Failure

__all__ = ["Definition", "Failure", "Options", "Progress", "Summary", "load_definition", "run"]
