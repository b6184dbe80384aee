from __future__ import annotations

import time

import pytest

from marker.document import Passage
from marker.readers.markdown import MAX_MARKED, read_markdown


def passages(text: str) -> list[Passage]:
    return list(read_markdown(text.encode(), "work.md")[0])


def test_marks_inside_a_paragraph_are_left_out() -> None:
    (found,) = passages("My **internal** customers *are* `Dawn` and our [rules](http://x.example/r) say 5 * 2 is 10.")
    assert found.text == "My internal customers are Dawn and our rules say 5 * 2 is 10."
    assert found.credited


def test_what_is_crossed_out_and_what_is_quoted_is_set_aside() -> None:
    found = passages("They need it ~~cheap~~ hot.\n\n> Explain the procedure.\n> Give two reasons.\n\nWe log it.")
    assert [(one.text, one.why) for one in found] == [
        ("They need it  hot.", None),
        ("cheap", "crossed out"),
        ("Explain the procedure.", "quoted text"),
        ("Give two reasons.", "quoted text"),
        ("We log it.", None),
    ]


def test_an_image_is_unread() -> None:
    found, unread = read_markdown(b"The log:\n\n![my log](log.png) is mine", "work.md")
    assert [(one.what, one.location.paragraph) for one in unread] == [("image kept elsewhere", 2)]
    assert found[1].text == "is mine"


@pytest.mark.parametrize("mark", ["[", "![", "*a ", "`", "~~"])
def test_endless_marks_take_bounded_time(mark: str) -> None:
    began = time.monotonic()
    passages(mark * MAX_MARKED)  # longer than is parsed
    passages(mark * 2_000)
    assert time.monotonic() - began < 20
