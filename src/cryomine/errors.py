"""The errors that people see. Knows nothing of any other room."""

from __future__ import annotations


class CryomineError(Exception):
    """Something that the user can mend: one line that names the file, what is wrong, and what to do."""


class ReadError(CryomineError):
    """One input that could not be read; the run goes on without it."""


class PackError(CryomineError):
    """A pack that is not as its schema says; the message names file and line."""
