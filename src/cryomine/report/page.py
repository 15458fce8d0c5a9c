"""Pages out of templates: autoescaped, and allowed to run their own script and nothing else.

The one place that marks strings as safe: the script and the style sheet of this package, and escaped text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape

_LONE_RETURN = re.compile("\r(?!\n)")


def render(template: str, scripts: tuple[str, ...], values: Mapping[str, Any]) -> str:
    """The page of ``template`` with the package's style sheet and ``scripts`` inside.

    Its Content-Security-Policy names both by digest: an article's words cannot run, load or style anything.
    """
    style = _static("report.css")
    script = "\n".join(_static(name) for name in scripts)
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    own = {"policy": policy, "style": Markup(style), "script": Markup(script)}
    return _environment().get_template(template).render({**values, **own})


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("cryomine.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["exact"] = exact
    environment.filters["brief"] = brief
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


def exact(text: str) -> Markup:
    """``text`` so that a browser's ``textContent`` gives it back, character for character.

    A parser of HTML would turn a carriage return into a line feed and drop a NUL, and every offset after it would be
    off by one; NUL has no escape and becomes U+FFFD. A carriage return alone breaks no line in a browser: it gets a
    ``<br>``, which holds no text.
    """
    escaped = _LONE_RETURN.sub("&#13;<br>", str(escape(text)))
    return Markup(escaped.replace("\r", "&#13;").replace("\0", "\ufffd"))


def brief(text: str, length: int = 120) -> str:
    """``text`` on one line, cut to ``length``: titles can be ten thousand characters long."""
    line = " ".join(text[: 4 * length].split())
    return line if len(line) <= length and len(text) <= 4 * length else line[: length - 1].rstrip() + "…"


@cache
def _static(name: str) -> str:
    return (files("cryomine.report") / "static" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
