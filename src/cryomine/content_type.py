"""The ``Content-Type`` that comes with a page, of an HTTP answer or a record of a crawl. Knows no other room."""

from __future__ import annotations


def content_type(header: str) -> tuple[str, str]:
    """Media type (lower case, without parameters) and charset of a header; empty where it does not say."""
    stated, *parameters = header.split(";")
    pairs = (parameter.partition("=") for parameter in parameters)
    charset = next((value.strip(" \"'") for name, _, value in pairs if name.strip().lower() == "charset"), "")
    return " ".join(stated.lower().split()), charset[:40]
