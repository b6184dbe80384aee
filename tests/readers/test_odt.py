"""OpenDocument texts; the containers are those of ODT_BODIES in fixtures/build_formats.py."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from marker.document import Passage, Unread
from marker.errors import UnreadableError
from marker.readers.odt import read_odt

MARKER = "Dawn needs the float by nine"
CELL = "table 1, row 1, column 1"
Zipped = Callable[[dict[str, bytes | str]], bytes]

CREDITED = {
    "paragraph": ("paragraph", None),
    "list": ("list item", None),
    "table": ("cell", "table 1, row 2, column 2"),
    "nested_table": ("cell", "table 2, row 1, column 1"),
    "merged_cell": ("cell", CELL),
    "text_box": ("text box", None),
    "shape": ("text box", None),
    "shape_on_page": ("text box", None),
    "footnote": ("footnote", None),
    "hyperlink": ("paragraph", None),
    "section": ("paragraph", None),
    "insertion": ("paragraph", None),
    "small_in_tiny_style": ("paragraph", None),
    "white_on_dark": ("paragraph", None),
    "spaces": ("paragraph", None),
    "picture": ("paragraph", None),
    "embedded": ("paragraph", None),
}
SET_ASIDE = {
    "heading": ("heading", "heading"),
    "comment": ("comment", "comment by R. Jones"),
    "contents": ("contents", "contents"),
    "placeholder": ("paragraph", "placeholder"),
    "hidden": ("paragraph", "hidden text"),
    "white": ("paragraph", "hidden text"),
    "pale": ("paragraph", "hidden text"),
    "tiny": ("paragraph", "hidden text"),
    "tiny_style": ("paragraph", "hidden text"),
    "header": ("header", "header"),
    "footer": ("footer", "footer"),
}


@pytest.fixture
def read(formats: ModuleType, zipped: Zipped, no_ocr: None) -> Callable[[str], tuple[Passage, tuple[Unread, ...]]]:
    files = formats.odt_files()

    def read_one(name: str) -> tuple[Passage, tuple[Unread, ...]]:
        passages, unread = read_odt(zipped(files[name]), "a.odt")
        assert sum(passage.text.count(MARKER) for passage in passages) == 1
        return next(passage for passage in passages if MARKER in passage.text), unread

    return read_one


@pytest.mark.parametrize("name", CREDITED)
def test_text_is_found_once_and_credited(read: Callable[[str], tuple[Passage, object]], name: str) -> None:
    passage, _ = read(name)
    assert (passage.kind, passage.location.cell) == CREDITED[name]
    assert passage.credited


@pytest.mark.parametrize("name", SET_ASIDE)
def test_text_is_found_once_and_set_aside(read: Callable[[str], tuple[Passage, object]], name: str) -> None:
    passage, _ = read(name)
    assert (passage.kind, passage.why) == SET_ASIDE[name]


def test_every_container_is_tested(formats: ModuleType) -> None:
    assert set(formats.ODT_BODIES) == CREDITED.keys() | SET_ASIDE.keys() | {"deletion"}


def test_deleted_text_is_dropped(formats: ModuleType, zipped: Zipped) -> None:
    passages, _ = read_odt(zipped(formats.odt_files()["deletion"]), "a.odt")
    assert [(passage.text, passage.why) for passage in passages] == [
        ("kept", None),
        ("1 tracked deletion, left out", "tracked deletions"),
    ]


def test_blanks_tabs_and_line_breaks_stay(read: Callable[[str], tuple[Passage, object]]) -> None:
    assert read("spaces")[0].text == f"one\n{MARKER}\ttwo   three"


def test_a_shape_is_apart_from_the_sentence_that_it_stands_in(formats: ModuleType, zipped: Zipped) -> None:
    passages, _ = read_odt(zipped(formats.odt_files()["shape"]), "a.odt")
    assert [passage.text for passage in passages] == ["before after", MARKER]


@pytest.mark.parametrize(("name", "what"), [("picture", "image"), ("embedded", "embedded object")])
def test_what_cannot_be_read_is_noted(
    read: Callable[[str], tuple[Passage, tuple[Unread, ...]]], name: str, what: str
) -> None:
    (unread,) = read(name)[1]
    assert (unread.what, unread.location.paragraph) == (what, 1)


def bad(zipped: Zipped, content: str | bytes, **more: str) -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more})


def test_a_protected_file_is_refused(zipped: Zipped) -> None:
    data = bad(zipped, b"\1\2", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"})
    with pytest.raises(UnreadableError, match="password"):
        read_odt(data, "a.odt")


def test_entities_are_refused_and_bombs_are_not_unpacked(zipped: Zipped) -> None:
    with pytest.raises(UnreadableError, match="entities"):
        read_odt(bad(zipped, '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "a.odt")
    with pytest.raises(UnreadableError, match="larger inside"):
        read_odt(bad(zipped, b" " * 20_000_000), "a.odt")
    with pytest.raises(UnreadableError, match="larger inside"):
        read_odt(bad(zipped, "<x>" * 100_000), "a.odt")


def test_repeated_cells_and_blanks_are_bounded(formats: ModuleType, zipped: Zipped) -> None:
    body = (
        '<text:p>one<text:s text:c="999999999"/>two</text:p><table:table><table:table-row table:number-rows-repeated='
    )
    body += '"99999999"><table:table-cell table:number-columns-repeated="99999999"/></table:table-row></table:table>'
    xml = f"<office:document-content {formats.ODF}><office:body><office:text>{body}</office:text></office:body>"
    passages, _ = read_odt(bad(zipped, f"{xml}</office:document-content>"), "a.odt")
    assert len(passages) == 1 and len(passages[0].text) < 2_000


def texts_of(formats: ModuleType, zipped: Zipped, body: str) -> list[str]:
    fonts = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties style:font-name="{font}"/>'
        "</style:style>"
        for name, font in (("T1", "Wingdings1"), ("T2", "Arial"))
    )
    xmlns = f'{formats.ODF} xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    xml = f"<office:document-content {xmlns}><office:automatic-styles>{fonts}</office:automatic-styles><office:body>"
    xml += f"<office:text><text:p>{body} I rake leaves.</text:p></office:text></office:body></office:document-content>"
    return [passage.text for passage in read_odt(bad(zipped, xml), "a.odt")[0]]


@pytest.mark.parametrize(
    ("kind", "parameters", "shown"),
    [
        ("FORMCHECKBOX", {"Checkbox_Checked": "true"}, "☒"),
        ("FORMCHECKBOX", {"Checkbox_Checked": "false"}, "☐"),
        ("FORMCHECKBOX", {}, "☐"),
        ("FORMDROPDOWN", {"Dropdown_Selected": "1"}, "In the café"),
        ("FORMDROPDOWN", {"Dropdown_Selected": "7"}, ""),
        ("FORMDROPDOWN", {}, ""),
    ],
)
def test_the_answer_in_a_form_is_found(
    formats: ModuleType, zipped: Zipped, kind: str, parameters: dict[str, str], shown: str
) -> None:
    entries = [("Dropdown_ListEntry", "In the shed"), ("Dropdown_ListEntry", "In the café")]
    inside = "".join(
        f'<field:param field:name="{name}" field:value="{value}"/>' for name, value in [*entries, *parameters.items()]
    )
    mark = f'<field:fieldmark field:type="vnd.oasis.opendocument.field.{kind}">{inside}</field:fieldmark>'
    assert texts_of(formats, zipped, mark) == [f"{shown} I rake leaves.".strip()]


@pytest.mark.parametrize(
    ("style", "letters", "shown"),
    [
        ("T1", "\uf0fe", "☒"),
        ("T1", "\uf0a8", "☐"),
        ("T1", "þ", "☒"),
        ("T2", "þ", "þ"),
        ("T1", "forks go here", "forks go here"),
        ("T1", '<text:span text:style-name="T2">þ</text:span>\uf0fc', "þ✓"),
    ],
)
def test_signs_of_the_wingdings_fonts(
    formats: ModuleType, zipped: Zipped, style: str, letters: str, shown: str
) -> None:
    body = f'<text:span text:style-name="{style}">{letters}</text:span>'
    assert texts_of(formats, zipped, body) == [f"{shown} I rake leaves."]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(at=st.floats(0, 1), patch=st.text("<>/text:pspan=\"' &;19", min_size=1, max_size=12))
def test_damaged_xml_is_read_or_refused(formats: ModuleType, zipped: Zipped, at: float, patch: str) -> None:
    members = formats.odt_files()["table"]
    xml = str(members["content.xml"])
    place = int(at * len(xml))
    with contextlib.suppress(UnreadableError, etree.XMLSyntaxError, ValueError):
        read_odt(zipped({**members, "content.xml": xml[:place] + patch + xml[place + len(patch) :]}), "a.odt")
