"""The errors that a user can mend, each with one line that names the file and the cure."""

from __future__ import annotations


class MarkerError(Exception):
    """Something the user gave cannot be used; the message says what and how to mend it."""


class UnreadableError(MarkerError):
    """A file that cannot be read: missing, empty, damaged, protected, or of no format that we read."""


class RubricError(MarkerError):
    """A rubric that does not hold; the message names file, line and field."""
