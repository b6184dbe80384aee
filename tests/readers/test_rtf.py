"""RTF files; the containers are those of RTF_BODIES in fixtures/build_formats.py."""

from __future__ import annotations

import contextlib
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marker.document import Passage
from marker.errors import UnreadableError
from marker.readers import rtf
from marker.readers.rtf import read_rtf

MARKER = "Dawn needs the float by nine"
WORDS = (
    r"{ } \par \cell \row \trowd \intbl \v \u-9 \'e9 \pict \header \footnote \* \s1 \ls1 \uc9 ab 00 \deleted "
    r"\annotation \bin3 \object \field \fldinst \fldrslt \formfield \ffl \fftype2 \ffres0"
).split()

CREDITED = {
    "paragraph": ("paragraph", None),
    "list": ("list item", None),
    "table": ("cell", "table 1, row 2, column 2"),
    "footnote": ("footnote", None),
    "hyperlink": ("paragraph", None),
    "text_box": ("paragraph", None),
    "insertion": ("paragraph", None),
    "small": ("paragraph", None),
    "white_on_dark": ("paragraph", None),
    "picture": ("paragraph", None),
    "embedded": ("paragraph", None),
}
SET_ASIDE = {
    "heading": ("heading", "heading"),
    "outline": ("heading", "heading"),
    "hidden": ("paragraph", "hidden text"),
    "white": ("paragraph", "hidden text"),
    "pale": ("paragraph", "hidden text"),
    "tiny": ("paragraph", "hidden text"),
    "header": ("header", "header"),
    "footer": ("footer", "footer"),
    "comment": ("comment", "comment by R. Jones"),
}


def only_marked(formats: ModuleType, name: str) -> Passage:
    passages, _ = read_rtf(formats.rtf_files()[name].encode(), "a.rtf")
    assert sum(passage.text.count(MARKER) for passage in passages) == 1
    assert passages[-1].text == "last" or any(passage.text == "last" for passage in passages)
    return next(passage for passage in passages if MARKER in passage.text)


@pytest.mark.parametrize("name", CREDITED)
def test_text_is_found_once_and_credited(formats: ModuleType, no_ocr: None, name: str) -> None:
    passage = only_marked(formats, name)
    assert (passage.kind, passage.location.cell) == CREDITED[name]
    assert passage.credited


@pytest.mark.parametrize("name", SET_ASIDE)
def test_text_is_found_once_and_set_aside(formats: ModuleType, name: str) -> None:
    passage = only_marked(formats, name)
    assert (passage.kind, passage.why) == SET_ASIDE[name]


def test_every_container_is_tested(formats: ModuleType) -> None:
    assert set(formats.RTF_BODIES) == CREDITED.keys() | SET_ASIDE.keys() | {"deletion"}


def test_deleted_text_is_dropped(formats: ModuleType) -> None:
    passages, _ = read_rtf(formats.rtf_files()["deletion"].encode(), "a.rtf")
    assert [(passage.text, passage.why) for passage in passages] == [
        ("kept", None),
        ("last", None),
        ("1 tracked deletion, left out", "tracked deletions"),
    ]


@pytest.mark.parametrize(("name", "what"), [("picture", "image"), ("embedded", "embedded object")])
def test_what_cannot_be_read_is_noted(formats: ModuleType, no_ocr: None, name: str, what: str) -> None:
    _, unread = read_rtf(formats.rtf_files()[name].encode(), "a.rtf")
    assert [(part.what, part.location.paragraph) for part in unread] == [(what, 1)]


def test_a_file_cut_short_is_read_as_far_as_it_goes_and_noted(formats: ModuleType) -> None:
    source = formats.rtf_files()["paragraph"].removesuffix("}")
    passages, (unread,) = read_rtf(source.encode(), "a.rtf")
    assert passages[0].text == MARKER and "cut short" in unread.what
    assert read_rtf(f"{source}}}".encode(), "a.rtf")[1] == ()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"caf\'e9 \u8211? \'a340", "café – £40"),
        (r"{\f1 \'9d}", "ť"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"{\uc2\u233 e'}x", "éx"),
        (r"\lquote a\rquote\~\{b\}\line c\tab d", "‘a’\xa0{b}\nc\td"),
        (r"{\*\unknown not shown}a{\*\shppict}b", "ab"),
        (r"{\upr{plain}{\*\ud{unicode}}}", "plain"),
        ("a\\bin5 }}}}}b", "ab"),
        ("a\r\nb", "ab"),
    ],
)
def test_characters(formats: ModuleType, source: str, text: str) -> None:
    passages, _ = read_rtf((formats.RTF_HEAD + source + "}").encode(), "a.rtf")
    assert [passage.text for passage in passages] == [text]


def text_of(source: str) -> list[str]:
    return [passage.text for passage in read_rtf(source.encode(), "a.rtf")[0]]


@pytest.mark.parametrize("number", ["-2074015744", "1214515744"])
def test_the_date_of_an_insertion_is_no_word_of_it(formats: ModuleType, number: str) -> None:
    body = rf"We {{\revised\revauth1\revdttm{number} sweep the yard}} at six.\par}}"
    assert text_of(formats.RTF_HEAD + body) == ["We sweep the yard at six."]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        (r"\fftype1\ffres1\ffdefres0", "☒"),
        (r"\fftype1\ffres0\ffdefres1", "☐"),
        (r"\fftype1\ffres25\ffdefres1", "☒"),
        (r"\fftype1", "☐"),
        (r"\fftype2\ffres1\ffdefres0{\*\ffl In the shed}{\*\ffl In the caf\'e9}", "In the café"),
        (r"\fftype2\ffres25\ffdefres0{\*\ffl In the shed}{\*\ffl In the caf\'e9}", "In the shed"),
        (r"\fftype2\ffres7{\*\ffl In the shed}", "by hand"),
        (r"\fftype0{\*\ffdeftext not shown}", "by hand"),
    ],
)
def test_the_answer_in_a_form_is_found_once(formats: ModuleType, form: str, shown: str) -> None:
    field = rf"{{\field{{\*\fldinst {{ FORM {{\*\formfield{{{form}{{\*\ffname D1}}}}}}}}}}{{\fldrslt by hand}}}}"
    assert text_of(rf"{formats.RTF_HEAD}{field} I rake leaves.\par}}") == [f"{shown} I rake leaves."]


def test_a_deleted_form_field_is_dropped(formats: ModuleType) -> None:
    field = r"{\field{\*\fldinst {\deleted FORMCHECKBOX {\*\formfield{\fftype1\ffres1}}}}{\fldrslt }}"
    assert text_of(rf"{formats.RTF_HEAD}{field}I rake leaves.\par}}")[0] == "I rake leaves."


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"{\f3 \'fe} done", "☒ done"),
        (r"{\f3\u-3842\'fe} done", "☒ done"),
        (r"{\f3\u61608\'a8} done", "☐ done"),
        (r"{\f3 o} done", "☐ done"),
        (r"{\f3 \'fe}\f3\plain  done\'fe", "☒ doneþ"),
        (r"{\f3 forks go on the left}", "forks go on the left"),
        (r'{\field{\*\fldinst SYMBOL 252 \\f "Wingdings" \\s 12}{\fldrslt\f3\fs24}} done', "✓ done"),
        (r'{\field{\*\fldinst SYMBOL 252 \\f "Wingdings" \\s 12}{\fldrslt\f3\'fc}} done', "✓ done"),
        (r'{\field{\*\fldinst SYMBOL 183 \\f "Symbol" \\s 12}{\fldrslt\'b7}} done', "· done"),
    ],
)
def test_signs_of_the_wingdings_fonts(source: str, text: str) -> None:
    fonts = r"{\fonttbl{\f0 Arial;}{\f3\fnil\fcharset2{\*\panose 05000000000000000000}Wingdings;}}"
    assert text_of(rf"{{\rtf1\ansi\deff0{fonts}{source}\par}}") == [text]


@pytest.mark.parametrize(
    "source", [r"{\rtf1 " + "{" * 100_000, r"{\rtf1 \bin999999999 a", r"{\rtf1 \u99999999 a", r"{\rtf1}}}}}a"]
)
def test_strange_files_are_read_or_refused(source: str) -> None:
    with contextlib.suppress(UnreadableError):
        read_rtf(source.encode(), "a.rtf")


def test_an_endless_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtf, "MAX_TOKENS", 1_000)
    with pytest.raises(UnreadableError, match="longer"):
        read_rtf(rb"{\rtf1 " + rb"\b a" * 1_000, "a.rtf")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*WORDS, "\0"])))
def test_any_words_are_read(words: list[str]) -> None:
    passages, _ = read_rtf(("{\\rtf1 " + " ".join(words)).encode(), "a.rtf")
    assert all(passage.text.encode("utf-8") for passage in passages)
