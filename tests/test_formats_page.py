"""docs/formats.md: every line names a test, and every test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(?P<file>[\w/]+\.py)?::(?P<test>\w+)")


def test_every_line_of_the_tables_names_a_test() -> None:
    rows = [
        line for line in PAGE.splitlines() if line.startswith("|") and not re.match(r"\|(?:---|.*\| test \|$)", line)
    ]
    assert len(rows) > 60
    assert [row for row in rows if not NAMED.search(row)] == []


def test_every_test_that_is_named_is_there() -> None:
    file, missing = "", []
    for named in NAMED.finditer(PAGE):
        file = named["file"] or file
        places = [ROOT / "tests" / file, ROOT / "tests" / "readers" / file]
        source = "".join(path.read_text(encoding="utf-8") for path in places if path.is_file())
        if f"def {named['test']}(" not in source:
            missing.append(f"{file}::{named['test']}")
    assert missing == []
