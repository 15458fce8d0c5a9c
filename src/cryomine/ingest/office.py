"""Word and Excel files are ZIP archives: which one it is, and whether it is safe to open."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from cryomine.errors import ReadError

# The member by which each kind is known, and the ending of its files.
WORD, EXCEL = "word/document.xml", "xl/workbook.xml"
ENDINGS = {WORD: ".docx", EXCEL: ".xlsx"}


def check(file: BinaryIO, name: str, kind: str, main: str, most: int, otherwise: tuple[str, str]) -> None:
    """Raise where the file is no ``kind`` ("a Word file") with the member ``main``, or unpacks to more than ``most``.

    ``otherwise`` says what else to save: where the kind is another, and where the file is too large.
    """
    what = kind.partition(" ")[2]
    try:
        with zipfile.ZipFile(file) as archive:
            members = {info.filename: info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ReadError(f"{name}: is a damaged or cut off {what} ({error}); get the whole file") from error
    if main not in members:
        raise ReadError(f"{name}: is a ZIP archive, not {kind}; rename it to .zip, or save {otherwise[0]}")
    if sum(members.values()) > most:  # zipfile reads no more of a member than it declares
        raise ReadError(f"{name}: unpacks to more than {most >> 20} MB; save {otherwise[1]}")
    file.seek(0)
