"""Archives of articles: ZIP and TAR, member by member, nothing ever unpacked to a path that an archive names.

What is read is bounded for each member and for the whole archive, whatever sizes the archive declares.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import tempfile
import zipfile
import zlib
from functools import partial
from typing import IO, BinaryIO, cast

from cryomine.errors import CryomineError, ReadError
from cryomine.ingest.office import ENDINGS
from cryomine.ingest.records import NoText, unused
from cryomine.ingest.registry import (
    HEAD,
    Collection,
    Columns,
    Member,
    Reader,
    Records,
    Unread,
    read_with,
    reader_for,
    readers,
    reason,
    records_of,
)

MAX_TOTAL = 1 << 30  # bytes that an archive may unpack to
MAX_MEMBERS = 100_000
_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, OSError, EOFError, zlib.error, lzma.LZMAError, NotImplementedError)
_MOST_AT_ONCE = 64 * 1024 * 1024  # bytes; a header that asks for more is not one of an archive of articles
_CHUNK = 1 << 20


class _Budget:
    """How much an archive may still unpack to."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.left = MAX_TOTAL

    def read(self, file: IO[bytes], limit: int, before: int) -> bytes:
        """The rest of a member of which ``before`` bytes were read, or one byte more than ``limit`` of it."""
        self.left -= before
        data = file.read(max(0, min(limit, self.left)) + 1)
        self.left -= len(data)
        if self.left < 0:
            raise ReadError(f"{self.name}: unpacks to more than {MAX_TOTAL >> 20} MB; unpack it and give the folder")
        return data


def _zip(file: BinaryIO, name: str, columns: Columns) -> Records:
    try:
        archive = zipfile.ZipFile(file)
    except (*_DAMAGED, ValueError) as error:
        raise ReadError(f"{name}: is a damaged or cut off ZIP archive ({reason(error)}); get the whole file") from error
    with archive:
        members = archive.infolist()
        if office := next((ENDINGS[m.filename] for m in members if m.filename in ENDINGS), ""):
            yield from _office(file, name, office, columns)
            return
        if len(members) > MAX_MEMBERS:
            raise ReadError(f"{name}: has more than {MAX_MEMBERS:,} members; unpack it and give the folder")
        budget, found = _Budget(name), False
        seen: set[int] = set()
        for member in sorted(members, key=lambda member: member.filename):
            if member.is_dir() or not _is_article(member.filename):
                continue
            found = True
            source = unused(_source(name, member.filename), seen)
            is_link = stat.S_ISLNK(member.external_attr >> 16)
            if trouble := _trouble(member.filename, is_link) or (member.flag_bits & 1 and "is encrypted"):
                yield Unread(source, f"{source}: {trouble}; unpack the archive and give the folder")
                continue
            try:
                with archive.open(member) as opened:
                    yield from _member(opened, source, budget, columns)
            except _DAMAGED as error:
                yield Unread(source, f"{source}: is damaged ({reason(error)}); get the whole archive")
        if not found:
            raise _no_articles(name)


def _office(file: BinaryIO, name: str, ending: str, columns: Columns) -> Records:
    """A Word or Excel file without its ending."""
    file.seek(0)
    reader = next(reader for reader in readers() if ending in reader.extensions)
    if isinstance(reader, Reader):
        yield Member(name, partial(read_with, reader, file.read(reader.max_bytes + 1), name))
    else:
        yield from reader.records(file, name, columns)


def _tar(file: BinaryIO, name: str, columns: Columns) -> Records:
    try:
        with tempfile.SpooledTemporaryFile(max_size=8 * _CHUNK) as spool:
            plain = _unpacked(file, name, spool)
            with tarfile.open(fileobj=cast(BinaryIO, _Guarded(plain)), mode="r:") as archive:
                yield from _tar_members(archive, name, columns)
    except _DAMAGED as error:
        raise ReadError(f"{name}: is a damaged or cut off TAR archive ({reason(error)}); get the whole file") from error


def _tar_members(archive: tarfile.TarFile, name: str, columns: Columns) -> Records:
    """In the order of the archive, as far as it is whole."""
    budget, found = _Budget(name), False
    seen: set[int] = set()
    number = 0
    while (member := archive.next()) is not None:
        archive.members = []  # type: ignore[attr-defined]  # or it would keep them all
        number += 1
        if number > MAX_MEMBERS:
            raise ReadError(f"{name}: has more than {MAX_MEMBERS:,} members; unpack it and give the folder")
        if member.isdir() or not _is_article(member.name):
            continue
        found = True
        source = unused(_source(name, member.name), seen)
        if trouble := _trouble(member.name, not member.isreg()):
            yield Unread(source, f"{source}: {trouble}; unpack the archive and give the folder")
        elif (opened := archive.extractfile(member)) is not None:
            yield from _member(opened, source, budget, columns)
    if not found:
        raise _no_articles(name)


class _Guarded:
    """A file that refuses to read more at once than any honest header asks for."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.tell, self.seek = file.tell, file.seek

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _MOST_AT_ONCE:
            raise tarfile.ReadError("a header of an absurd size")
        return self._file.read(size)


def _unpacked(file: BinaryIO, name: str, spool: IO[bytes]) -> IO[bytes]:
    """The TAR archive without its compression, in ``spool`` where it had one."""
    head = file.read(6)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        opened: IO[bytes] = cast(IO[bytes], gzip.GzipFile(fileobj=file))
    elif head.startswith(b"BZh"):
        opened = bz2.BZ2File(file)
    elif head.startswith(b"\xfd7zXZ\0"):
        opened = lzma.LZMAFile(file)  # noqa: SIM115 (closed below)
    else:
        return file
    left = MAX_TOTAL
    with opened as packed:
        while chunk := packed.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise ReadError(f"{name}: unpacks to more than {MAX_TOTAL >> 20} MB; unpack it and give the folder")
            spool.write(chunk)
    spool.seek(0)
    return spool


def _member(opened: IO[bytes], source: str, budget: _Budget, columns: Columns) -> Records:
    """The documents of one member; what is wrong with it stays with it, but for a budget that is spent."""
    head = opened.read(HEAD)
    reader = reader_for(head, source)
    limit = reader.max_bytes if isinstance(reader, Reader) else _MOST_AT_ONCE
    data = head + budget.read(opened, limit, len(head))
    try:
        if isinstance(reader, Reader):
            yield Member(source, partial(read_with, reader, data, source))
        elif reader in FORMATS:
            raise ReadError(f"{source}: is an archive inside an archive; unpack the outer one and give the folder")
        elif len(data) > limit:
            raise ReadError(f"{source}: is larger than {limit >> 20} MB; unpack the archive and give the folder")
        else:
            yield from _table(reader, data, source, columns)
    except CryomineError as error:
        yield error if isinstance(error, Unread) else Unread(source, str(error))


def _table(collection: Collection, data: bytes, source: str, columns: Columns) -> Records:
    """The records of a table; one that has no column of articles lies beside them for another purpose."""
    try:
        yield from records_of(collection, io.BytesIO(data), source, columns)
    except NoText:
        return


def _is_article(member: str) -> bool:
    """Whether a member's name has an ending that some format has; hidden files are left out as in folders."""
    parts = member.split("/")
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts) or "__MACOSX" in parts
    return not hidden and member.lower().endswith(_endings())


def _endings() -> tuple[str, ...]:
    return tuple(ending for reader in readers() for ending in reader.extensions)


def _trouble(member: str, is_link: bool) -> str:
    if is_link:
        return "is a link, not a file"
    parts = member.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return "has a path that leads out of the archive"
    return ""


def _source(archive: str, member: str) -> str:
    """The name of a member, as text that can be written as UTF-8 on one line."""
    printable = member.encode("utf-8", "backslashreplace").decode("utf-8")
    return f"{archive}!{''.join(c if c.isprintable() else '?' for c in printable).removeprefix('./')}"


def _no_articles(name: str) -> ReadError:
    return ReadError(f"{name}: has no articles in it; give an archive with text, HTML, PDF or Word files")


def _is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


FORMATS = (
    Collection(
        "a ZIP archive",
        (".zip",),
        _zip,
        lambda head: head.startswith((b"PK\x03\x04", b"PK\x05\x06")),
        media_types=("application/zip", "application/x-zip-compressed"),
    ),
    Collection(
        "a TAR archive",
        (".tar", ".tar.bz2", ".tar.gz", ".tar.xz", ".tbz2", ".tgz", ".txz"),
        _tar,
        _is_tar,
        media_types=("application/x-tar", "application/x-gtar"),
    ),
)
