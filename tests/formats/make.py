"""Small files of every format, made for one test each."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Words = tuple[float, float, str] | tuple[float, float, str, float] | tuple[float, float, str, float, str]


def pdf(*pages: Sequence[Words], width: float = 595, height: float = 842, **options: Any) -> bytes:
    """A PDF of pages with words at x, y from the top; size 11 and Helvetica where nothing else is said."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1, **options)
    for page in pages:
        for x, y, text, *style in page:
            size, font = (*style, *(11, "Helvetica")[len(style) :])
            canvas.setFont(font, size)
            canvas.drawString(x, height - y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def paragraph(x: float, y: float, *lines: str, leading: float = 14) -> list[Words]:
    """Lines below each other."""
    return [(x, y + leading * number, line) for number, line in enumerate(lines)]


def scan(pages: int = 2) -> bytes:
    """A PDF of pictures only."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def zipped(members: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members: Mapping[str, str | bytes], mode: str = "w", links: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return out.getvalue()


def warc(*pages: tuple[str, str, bytes], status: str = "200 OK") -> bytes:
    """A WARC file of responses: address, media type, body."""
    out = io.BytesIO()
    for number, (address, media_type, body) in enumerate(pages):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        out.write(head.encode() + http + b"\r\n\r\n")
    return out.getvalue()
