"""A learner's text stays text, whatever is in it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from docx import Document

from marker.marking import Marking
from marker.report import Audience, render

SAYING = Callable[[str], Marking]
AUDIENCES: tuple[Audience, ...] = ("assessor", "learner")
UNPRINTABLE = "a\x00b\x08c\x1b[31md\x7fe\x85f\ud800g\ufffeh\u202ei\u2066j"


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7 * 7 }}", '"><img src=x onerror=y>', "</style><b>"])
def test_html_shows_markup_as_text(saying: SAYING, audience: Audience, text: str) -> None:
    report = str(render([saying(text)], "html", audience))
    body = report.split("</style>", 1)[1]
    assert "<script" not in report
    assert "<img" not in report
    assert "<b>" not in body.replace("<b>(", "")
    assert text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;") in body


def test_html_needs_nothing_from_outside(marking: Marking) -> None:
    report = str(render([marking], "html", "assessor"))
    assert not re.search(r"https?://|\bsrc=|<link|<script|@import|url\(", report)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a | b", r"a \| b"),
        ("`code` and ```", r"\`code\` and \`\`\`"),
        ("<script>", r"\<script\>"),
        ("[link](javascript:x)", r"\[link\](javascript:x)"),
        ("**bold** _it_ ~~no~~", r"\*\*bold\*\* \_it\_ \~\~no\~\~"),
        ("# heading", r"\# heading"),
        ("https://evil.example www.evil.example", r"https:\//evil.example www\.evil.example"),
    ],
)
def test_markdown_escapes_markup(saying: SAYING, text: str, written: str) -> None:
    report = str(render([saying(text)], "md", "assessor"))
    assert f"“{written}”" in report
    assert f"“{text}”" not in report


@pytest.mark.parametrize(("id", "written"), [("1. one", "1\\. one"), ("- one", "\\- one"), ("+ one", "\\+ one")])
def test_markdown_value_does_not_start_a_list(saying: SAYING, id: str, written: str) -> None:
    assert f"**Submission:** {written}" in str(render([saying(id)], "md", "assessor"))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_unprintable_characters_are_replaced(saying: SAYING, format: str, audience: Audience) -> None:
    report = str(render([saying(UNPRINTABLE)], format, audience))  # type: ignore[arg-type]
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\u202a-\u202e\u2066-\u2069]", report)
    report.encode("utf-8")


def test_word_takes_unprintable_characters(saying: SAYING) -> None:
    report = render([saying(UNPRINTABLE + "<w:p/>{{ x }}")], "docx", "assessor")
    assert isinstance(report, bytes)
    assert "\ufffd" in "".join(p.text for p in Document(io.BytesIO(report)).paragraphs)


def test_word_takes_a_long_name(saying: SAYING) -> None:
    assert render([saying("w" * 3000)], "docx", "assessor")


def test_long_word_is_broken_to_the_width(saying: SAYING) -> None:
    report = str(render([saying("w" * 500)], "text", "assessor", width=60))
    assert max(map(len, report.splitlines())) <= 60


def test_learner_text_is_no_template_for_words_of_ours(saying: SAYING) -> None:
    assert "{id} {kinds}" in str(render([saying("{id} {kinds}")], "text", "learner"))
