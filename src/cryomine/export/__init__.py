"""Claims in the forms of other people's tools, and annotations of theirs as gold."""

from cryomine.export.formats import FORMATS, export

__all__ = ["FORMATS", "export"]
