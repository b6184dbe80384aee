"""What the readers' tests share: passages of made-up files, and text recognition switched off unless asked for."""

from __future__ import annotations

import importlib.util
import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from marker.readers import ocr

FIXTURES = Path(__file__).parents[1] / "fixtures"
MARKER = "Dawn needs the float by nine"


@pytest.fixture(scope="session")
def formats() -> Iterator[ModuleType]:
    """tests/fixtures/build_formats.py, which has the containers of each format."""
    spec = importlib.util.spec_from_file_location("build_formats", FIXTURES / "build_formats.py")
    assert spec and spec.loader
    module = sys.modules["build_formats"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["build_formats"]


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


@pytest.fixture(scope="session")
def zipped() -> Callable[[dict[str, bytes | str]], bytes]:
    def make(members: dict[str, bytes | str]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in members.items():
                file.writestr(name, content)
        return buffer.getvalue()

    return make
