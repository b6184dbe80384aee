"""Web pages; the containers are those of HTML_BODIES in fixtures/build_formats.py."""

from __future__ import annotations

import base64
import socket
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marker.document import Passage
from marker.errors import UnreadableError
from marker.readers import html
from marker.readers.html import read_html

MARKER = "Dawn needs the float by nine"
TAGS = (
    "<p> </p> <table> <tr> <td> </table> <li> <b style='color:white'> </b> <!-- <![CDATA[ &#0; &amp; <br> \0 x "
    "<style>p{display:none}</style> <img> <input> <textarea> <td colspan=9999999>"
).split()

CREDITED = {
    "paragraph": ("paragraph", None),
    "list": ("list item", None),
    "table": ("cell", "table 1, row 2, column 2"),
    "nested_table": ("cell", "table 2, row 1, column 1"),
    "merged_cell": ("cell", "table 1, row 1, column 3"),
    "link": ("paragraph", None),
    "bare": ("paragraph", None),
    "form": ("paragraph", None),
    "field": ("form field", None),
    "small": ("paragraph", None),
    "white_on_dark": ("paragraph", None),
    "picture": ("paragraph", None),
    "embedded": ("paragraph", None),
}
SET_ASIDE = {
    "heading": ("heading", "heading"),
    "hidden": ("paragraph", "hidden text"),
    "hidden_style": ("paragraph", "hidden text"),
    "hidden_class": ("paragraph", "hidden text"),
    "white": ("paragraph", "hidden text"),
    "pale": ("paragraph", "hidden text"),
    "pale_ground": ("paragraph", "hidden text"),
    "tiny": ("paragraph", "hidden text"),
    "tiny_font": ("paragraph", "hidden text"),
    "header": ("header", "header"),
    "footer": ("footer", "footer"),
    "navigation": ("header", "navigation"),
}
NEVER = {"script", "style", "template"}


def only_marked(formats: ModuleType, name: str) -> Passage:
    passages, _ = read_html(formats.html_files()[name].encode(), "a.html")
    assert sum(passage.text.count(MARKER) for passage in passages) == 1
    assert not any("not shown" in passage.text for passage in passages)
    assert passages[-1].text == "last" and passages[-1].credited
    return next(passage for passage in passages if MARKER in passage.text)


@pytest.mark.parametrize("name", CREDITED)
def test_text_is_found_once_and_credited(formats: ModuleType, name: str) -> None:
    passage = only_marked(formats, name)
    assert (passage.kind, passage.location.cell) == CREDITED[name]
    assert passage.credited


@pytest.mark.parametrize("name", SET_ASIDE)
def test_text_is_found_once_and_set_aside(formats: ModuleType, name: str) -> None:
    passage = only_marked(formats, name)
    assert (passage.kind, passage.why) == SET_ASIDE[name]


@pytest.mark.parametrize("name", sorted(NEVER))
def test_what_a_browser_never_shows_is_left_out(formats: ModuleType, name: str) -> None:
    passages, _ = read_html(formats.html_files()[name].encode(), "a.html")
    assert [passage.text for passage in passages] == ["kept", "last"]


def test_every_container_is_tested(formats: ModuleType) -> None:
    assert set(formats.HTML_BODIES) == CREDITED.keys() | SET_ASIDE.keys() | NEVER


@pytest.mark.parametrize(
    "gone",
    [
        '<del cite="mailto:Sam" datetime="2026-01-01">I let the parcels wait.</del>',
        "<span class=msoDel><del>I let the <b>parcels</b> wait.</del></span>",
        "<del> </del><del>I let the parcels wait.</del>",
    ],
)
def test_deletions_are_left_out_and_counted(gone: str) -> None:
    passages, _ = read_html(f"<p>{gone}<ins>I sort the parcels by street.</ins></p><p>last</p>".encode(), "a.html")
    assert [(passage.text, passage.kind, passage.why) for passage in passages] == [
        ("I sort the parcels by street.", "paragraph", None),
        ("last", "paragraph", None),
        ("1 tracked deletion, left out", "comment", "tracked deletions"),
    ]


@pytest.mark.parametrize(
    "gone",
    [
        "<s>I guess the postage.</s>",
        "<strike>I guess <b>the</b> postage.</strike>",
        '<span style="color: red; text-decoration: underline line-through">I guess the postage.</span>',
        '<span style="text-decoration-line:line-through">I guess the postage.</span>',
        "<span class=struck>I guess the postage.</span>",
    ],
)
def test_words_crossed_out_are_set_aside(gone: str) -> None:
    page = f"<style>.struck{{text-decoration:line-through}}</style><p>I weigh each parcel. {gone}</p><p>last</p>"
    passages, _ = read_html(page.encode(), "a.html")
    assert [(passage.text, passage.credited, passage.why) for passage in passages] == [
        ("I weigh each parcel.", True, None),
        ("I guess the postage.", False, "crossed out"),
        ("last", True, None),
    ]


def test_words_underlined_are_read() -> None:
    page = b'<p><u>I weigh</u> <span style="text-decoration:underline">each parcel</span> <ins>twice.</ins></p>'
    assert [(one.text, one.why) for one in read_html(page, "a.html")[0]] == [("I weigh each parcel twice.", None)]


@pytest.mark.parametrize(("name", "what"), [("picture", "image"), ("embedded", "embedded page")])
def test_what_is_not_fetched_is_noted(
    formats: ModuleType, monkeypatch: pytest.MonkeyPatch, name: str, what: str
) -> None:
    monkeypatch.setattr(socket, "socket", None)
    _, unread = read_html(formats.html_files()[name].encode(), "a.html")
    assert [part.what for part in unread] == [what]


def test_blanks_and_line_breaks_are_a_browsers() -> None:
    passages, _ = read_html(b"<p>one\n  two<br>three<br><br>four</p><pre>five\n  six</pre>", "a.html")
    assert [passage.text for passage in passages] == ["one two\nthree", "four", "five\n  six"]


def test_a_cell_that_reaches_down_keeps_its_column() -> None:
    rows = "<tr><td rowspan=2>Mon</td><td>two calls</td></tr><tr><td>one letter</td></tr><tr><td>Tue</td></tr>"
    found = read_html(f"<table>{rows}</table>".encode(), "log.html")[0]
    assert [(one.text, one.location.cell) for one in found] == [
        ("Mon", "table 1, row 1, column 1"),
        ("two calls", "table 1, row 1, column 2"),
        ("one letter", "table 1, row 2, column 2"),
        ("Tue", "table 1, row 3, column 1"),
    ]


def test_soft_hyphens_leave_their_words_whole() -> None:
    (passage,), _ = read_html("<p>cus&shy;tom\u00aders</p>".encode(), "a.html")
    assert (passage.text, passage.location.end) == ("customers", 9)


@pytest.mark.parametrize(
    "data",
    [
        "<p>café – £40".encode(),
        "<meta charset=windows-1252><p>café – £40".encode("cp1252"),
        "<p>café – £40".encode("cp1252"),
        "<p>café – £40".encode("utf-16"),
        "<meta charset=nonsense><p>café – £40".encode(),
    ],
)
def test_encodings(data: bytes) -> None:
    assert [passage.text for passage in read_html(data, "a.html")[0]] == ["café – £40"]


def test_a_picture_in_the_page_is_looked_at(formats: ModuleType) -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    source = base64.b64encode((formats.HERE / "typed.png").read_bytes()).decode()
    passages, unread = read_html(f'<p>see</p><img src="data:image/png;base64,{source}">'.encode(), "a.html")
    assert (passages[2].kind, passages[2].text, unread) == ("recognised text", MARKER, ())


@pytest.mark.parametrize("tag", ["div", "table", "b", "blockquote", "ul><li"])
def test_deep_nesting_is_bounded(tag: str) -> None:
    read_html((f"<{tag}>" * 50_000 + "hello").encode(), "a.html")


def test_a_page_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_HTML_BYTES", 100)
    with pytest.raises(UnreadableError, match="copy its text"):
        read_html(b"<p>" + b"a" * 200, "a.html")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(TAGS)))
def test_any_tags_are_read(words: list[str]) -> None:
    read_html(" ".join(words).encode(), "a.html")
