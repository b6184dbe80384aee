"""What made a report: versions and short hashes for its footer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from marker.criteria import Rubric
from marker.document import Document

_SHORT = 12  # characters of a hash: enough to tell versions apart


def short_hash(sha256: str) -> str:
    """The beginning of a hash in hexadecimal, without the name of its kind."""
    return sha256.removeprefix("sha256:")[:_SHORT] or "no hash"


def rubric_line(rubric: Rubric) -> str:
    """A rubric's id, version and hash."""
    return f"Rubric {rubric.id} {rubric.version} ({short_hash(rubric.sha256)})"


def models_line(models: Mapping[str, str]) -> str:
    """The models, each with its hash."""
    return f"Models: {_hashed(models.items())}"


def files_line(documents: Iterable[Document], heading: str = "Files") -> str:
    """The files, each with its hash, behind the heading."""
    return f"{heading}: {_hashed((document.name, document.sha256) for document in documents)}"


def _hashed(named: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {short_hash(sha256)}" for name, sha256 in named)
