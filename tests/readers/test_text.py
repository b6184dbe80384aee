"""Plain text and Markdown."""

from __future__ import annotations

import codecs

import pytest

from marker.document import Passage
from marker.errors import UnreadableError
from marker.readers.markdown import read_markdown
from marker.readers.text import pieces, read_text

WRAPPED = """When somebody rings to complain I let them finish before
I say anything, and then I say back to them what I heard so
that they know I was listening. After that I write it in the
blue book with the date and the time.

- the name of the driver
- the number of the van, if
  they know it
"""


def passages(text: str | bytes) -> tuple[Passage, ...]:
    return read_text(text if isinstance(text, bytes) else text.encode(), "work.txt")[0]


def found(text: str | bytes) -> list[tuple[str, str]]:
    return [(passage.kind, passage.text) for passage in passages(text)]


@pytest.mark.parametrize(
    "data",
    [
        "café – £40".encode(),
        codecs.BOM_UTF8 + "café – £40".encode(),
        "café – £40".encode("utf-16"),
        codecs.BOM_UTF16_BE + "café – £40".encode("utf-16-be"),
        "café – £40".encode("utf-16-le"),
        "café – £40".encode("utf-32"),
        "café – £40".encode("cp1252"),
        "café – £40".encode("mac_roman"),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "utf-16",
        "utf-16 big endian",
        "utf-16 without mark",
        "utf-32",
        "windows-1252",
        "mac roman",
    ],
)
def test_encodings(data: bytes) -> None:
    assert found(data) == [("paragraph", "café – £40")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_joined_whatever_the_line_ends(end: str) -> None:
    kinds = found(WRAPPED.replace("\n", end))
    assert [kind for kind, _ in kinds] == ["paragraph", "list item", "list item"]
    assert kinds[0][1].endswith("I write it in the blue book with the date and the time.")
    assert kinds[2][1] == "the number of the van, if they know it"


def test_words_broken_at_the_end_of_a_wrapped_line_are_made_whole() -> None:
    text = WRAPPED.replace("I let them finish before\nI say", "I let them fin-\nish before I say")
    text = text.replace("the driver", "the driv-\n  er").replace("the\nblue book", "the well-\nthumbed book")
    assert found(text) == [
        (
            "paragraph",
            "When somebody rings to complain I let them finish before I say anything, and then I say back to them "
            "what I heard so that they know I was listening. After that I write it in the well-thumbed book with "
            "the date and the time.",
        ),
        ("list item", "the name of the driver"),
        ("list item", "the number of the van, if they know it"),
    ]


def test_a_dash_at_the_end_of_a_line_breaks_no_word_where_lines_were_not_wrapped() -> None:
    assert [part for _, part in found("Monday-\nrang the office")] == ["Monday-", "rang the office"]


def test_lines_that_were_not_wrapped_stay_apart() -> None:
    text = "internal customers are staff\nexternal customers are the public\nboth of them want it quick"
    assert [part for _, part in found(text)] == text.split("\n")


def test_numbers_of_a_list_are_no_part_of_the_text() -> None:
    assert found("1. write it down\n2) tell Gaz\na) or Dawn") == [
        ("list item", "write it down"),
        ("list item", "tell Gaz"),
        ("list item", "or Dawn"),
    ]
    assert found("1.2 Explain it\n2021 was busy") == [("paragraph", "1.2 Explain it"), ("paragraph", "2021 was busy")]


def test_a_tick_begins_an_item_and_is_a_mark_that_stays() -> None:
    text = "Checked today\n✓ till counted\n✔ back door, and the\n  window beside it\n• lights\n"
    assert found(text)[1:] == [
        ("list item", "✓ till counted"),
        ("list item", "✔ back door, and the window beside it"),
        ("list item", "lights"),
    ]


@pytest.mark.parametrize(
    ("text", "heads_it"),
    [
        ("Who my customers are and what they need from me", True),
        ("2.1 Why our customers come back to us year after year", True),
        ("Complaints that the depot had in the spring of last year", True),
        ("We had three.", True),
        ("My portfolio of evidence for units four and nine", True),
        ("My customers are the drivers, who need the gate open by six", False),
        ("Complaints go in the red book with the time and the van.", False),
    ],
)
def test_an_answer_in_a_headings_style_is_no_heading(text: str, heads_it: bool) -> None:
    (passage,) = read_markdown(f"## {text}\n".encode(), "work.md")[0]
    assert (passage.kind == "heading", passage.credited) == (heads_it, not heads_it)


def test_markdown_markup_is_left_out() -> None:
    text = (
        "# Unit 4 #\n\nSam\n===\n\n---\n\nSome text\ngoes on.\n\n| Who | Need |\n|---|:-:|\n| Dawn | float \\| till |\n"
    )
    assert found(text) == [
        ("heading", "Unit 4"),
        ("heading", "Sam"),
        ("paragraph", "Some text goes on."),
        ("cell", "Who"),
        ("cell", "Need"),
        ("cell", "Dawn"),
        ("cell", "float | till"),
    ]
    assert passages(text)[-1].location.cell == "table 1, row 2, column 2"
    assert [passage.credited for passage in passages(text)[:3]] == [False, False, True]


def test_a_line_in_capitals_over_text_is_a_heading_but_an_answer_is_not() -> None:
    assert found("ROLE PLAY\n\nwe did it in class")[0][0] == "heading"
    assert found("Who are they?\n\nMY STAFF\n\nwe did it in class")[1][0] == "paragraph"
    assert found("ALL OF IT\n\nIN CAPITALS")[0][0] == "paragraph"


def test_contents_typed_by_hand_are_set_aside() -> None:
    kinds = [
        kind
        for kind, _ in found("Contents\n\n- Needs ..... 2\n- Complaints ..... 3\n\nI look after two kinds of people.")
    ]
    assert kinds == ["contents", "contents", "contents", "paragraph"]


def test_script_in_the_text_stays_text() -> None:
    assert found("<script>alert(1)</script> is what he wrote") == [
        ("paragraph", "<script>alert(1)</script> is what he wrote")
    ]


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        passages(bytes(range(256)) * 4)
    assert ".txt" not in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_zero_bytes_at_the_end_are_left_out(encoding: str) -> None:
    assert found("café – £40".encode(encoding) + bytes(100)) == [("paragraph", "café – £40")]


def test_captions_are_read_with_who_speaks_and_from_when_in_front() -> None:
    text = (
        "WEBVTT\n\nNOTE made by a machine\n\n1\n00:00:09.300 --> 00:00:17.900\n<v Ty Oakes>The lads need\n"
        "the list by ten.</v>\n\n00:20.000 --> 00:21.000\n<i>Right.</i>\n"
    )
    assert [piece.text for piece in pieces(text)] == ["Ty Oakes [00:00:09]: The lads need the list by ten.", "Right."]
    assert pieces(text.replace("Ty Oakes", "Oakes, Ty")) == pieces(text)
