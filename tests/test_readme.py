"""The README's example runs as it stands."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_the_example_of_the_readme_runs_and_fits_ten_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "README.md", "exec"), {})
    assert "Pre-marking aid. Not an assessment decision." in printed.getvalue()
    assert "A1 " in printed.getvalue()


def test_every_file_that_the_readme_names_is_there() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\]\(([^)#]+)\)", text)) | set(re.findall(r"sample_evidence/[\w.-]+", text))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
