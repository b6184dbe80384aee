"""Where the files that travel with the package are: the rubrics and the models."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def rubrics_folder() -> Path:
    """The bundled rubrics: inside the package once installed, beside it in a checkout."""
    installed = _PACKAGE / "rubrics"
    return installed if installed.is_dir() else _PACKAGE.parent / "rubrics"


def models_folder() -> Path:
    """The shipped encoder and classifier."""
    return _PACKAGE / "models"
