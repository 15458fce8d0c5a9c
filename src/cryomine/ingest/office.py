"""Word and Excel files are ZIP archives: which one it is, and whether it is safe to open."""

from __future__ import annotations

import zipfile
from typing import BinaryIO, NamedTuple

from cryomine.errors import ReadError


class Kind(NamedTuple):
    """A kind of file: what people call it, the member by which it is known, the ending of its name."""

    name: str
    member: str
    ending: str


WORD = Kind("Word file", "word/document.xml", ".docx")
EXCEL = Kind("Excel file", "xl/workbook.xml", ".xlsx")
ENDINGS = {kind.member: kind.ending for kind in (WORD, EXCEL)}


def check(file: BinaryIO, name: str, kind: Kind, most: int, otherwise: str) -> None:
    """Raise where the file ``name`` is of another kind, or unpacks to more than ``most`` bytes.

    ``otherwise`` says what to save instead.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = {info.filename: info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ReadError(f"{name}: is a damaged or cut off {kind.name} ({error}); get the whole file") from error
    if kind.member not in members:
        raise ReadError(f"{name}: is a ZIP archive, no {kind.name}; rename it to .zip, or save {otherwise}")
    if sum(members.values()) > most:  # zipfile reads no more of a member than it declares
        raise ReadError(f"{name}: unpacks to more than {most >> 20} MB; save {otherwise}")
    file.seek(0)
