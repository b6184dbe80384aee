"""The version of the installed distribution."""

from __future__ import annotations

from importlib import metadata


def _installed() -> str:
    try:
        return metadata.version("portfolio-marker")
    except metadata.PackageNotFoundError:
        return "0.1.0"


VERSION = _installed()
