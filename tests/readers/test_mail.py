"""E-mails: letter.eml, reply.eml and letter.msg of fixtures/build_formats.py, and what mail programs quote."""

from __future__ import annotations

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marker.errors import UnreadableError
from marker.extract import read
from marker.formats import recognise
from marker.readers.eml import read_eml
from marker.readers.msg import read_msg
from marker.readers.quoting import reasons

FIXTURES = Path(__file__).parents[1] / "fixtures"
MARKER = "Dawn needs the float by nine"
ATTRIBUTION = "On Tue, 3 Mar 2026 at 10:02, Ann Hill &lt;ann.hill@example.org&gt; wrote:<br>"
FORWARDED = "---------- Forwarded message ---------<br>From: Ann Hill &lt;ann.hill@example.org&gt;<br>Date: 3 March"


def own(page: str) -> list[str]:
    """What is credited of an e-mail that is a web page."""
    passages, _ = read_eml(f"MIME-Version: 1.0\nContent-Type: text/html\n\n{page}".encode(), "a.eml")
    return [passage.text for passage in passages if passage.credited]


@pytest.mark.parametrize("name", ["letter.eml", "letter.msg", "reply.eml"])
def test_the_senders_words_are_found_once_and_credited(name: str) -> None:
    passages = read(FIXTURES / name).passages
    assert sum(passage.text.count(MARKER) for passage in passages) == 1
    assert next(passage for passage in passages if MARKER in passage.text).credited


@pytest.mark.parametrize("name", ["letter.eml", "letter.msg"])
def test_header_signature_and_earlier_message_are_set_aside(name: str) -> None:
    document = read(FIXTURES / name)
    whys = {passage.text: passage.why for passage in document.passages}
    assert whys["Sam Reed, Despatch"] == "e-mail signature"
    assert whys["The van was late again and nobody told me."] == "quoted message from Ann Hill"
    assert document.passages[0].text.startswith("From: ") and document.passages[0].kind == "header"
    assert document.passages[0].why == "email header"
    assert [part.what for part in document.unread] == [
        "attachment log.csv; save it beside the message and hand it in too"
    ]


def test_a_subject_is_decoded() -> None:
    assert "Subject: Re: the van – again" in [passage.text for passage in read(FIXTURES / "letter.eml").passages]


def test_what_a_mail_program_marks_in_a_page_is_quoted() -> None:
    whys = {passage.text: passage.why for passage in read(FIXTURES / "reply.eml").passages}
    assert whys["Please ring Mrs Hill today."] == "quoted message"
    assert whys["Sam"] is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["mine", "On 3 Mar 2026, at 10:02, Ann Hill <a@b.org> wrote:", "hers"], "Ann Hill"),
        (["mine", "On Tue, Mar 3, 2026 at 10:02 AM Ann Hill <a@b.org> wrote:", "hers"], "Ann Hill"),
        (["mine", "On 03/03/2026 10:02, Ann Hill wrote:", "hers"], "Ann Hill"),
        (["mine", "-----Original Message-----", "From: Ann Hill <a@b.org>", "Sent: 3 March", "hers"], "Ann Hill"),
        (["mine", "From: Ann Hill [mailto:a@b.org]", "Date: 3 March", "hers"], "Ann Hill"),
        (
            ["mine", "---------- Forwarded message ---------", "From: Ann Hill <a@b.org>", "Date: 3 March", "hers"],
            "Ann Hill",
        ),
    ],
)
def test_an_earlier_message_is_told_by_how_it_begins(lines: list[str], expected: str) -> None:
    whys = reasons(lines, [False] * len(lines))
    assert whys[0] is None and whys[-1] == f"quoted message from {expected}"
    assert all(whys[1:])


def test_what_stands_below_the_header_that_outlook_on_the_web_marks_is_quoted() -> None:
    page = (
        "<div>mine</div><hr><div id=divRplyFwdMsg><b>From:</b> Ann Hill<br><b>Sent:</b> 3 March 2026 10:02<br>"
        "<b>To:</b> Sam</div><div>hers</div>"
    )
    passages, _ = read_eml(f"MIME-Version: 1.0\nContent-Type: text/html\n\n{page}".encode(), "a.eml")
    assert [(passage.text, passage.why) for passage in passages if passage.text in ("mine", "hers")] == [
        ("mine", None),
        ("hers", "quoted message from Ann Hill"),
    ]


def test_an_answer_between_quoted_lines_is_the_senders() -> None:
    lines = ["On 3 Mar 2026 at 10:02, Ann Hill wrote:", "> when?", "On Friday.", "> who?", "Gaz."]
    whys = reasons(lines, [line.startswith(">") for line in lines])
    assert [why is None for why in whys] == [False, False, True, False, True]


@pytest.mark.parametrize(
    ("said", "missed"), [("My answers are in red below.", True), ("I answered it all on the form.", False)]
)
def test_answers_written_into_the_message_that_is_quoted_are_said_to_be_unread(said: str, missed: bool) -> None:
    quoted = "From: Ann Hill\nSent: 3 March 2026 10:02\nTo: Jo\n\nWho loads it?\nGaz loads it.\n"
    message = f"From: jo@example.org\nMessage-ID: <1@a>\n\n{said}\n\n{quoted}".encode()
    _, unread = read_eml(message, "answers.eml")
    assert [one.what.startswith("answers within") for one in unread] == [True] * missed


@pytest.mark.parametrize(
    "attribution", [f"<div dir=ltr class=gmail_attr>{ATTRIBUTION}</div>", ATTRIBUTION], ids=["now", "before 2018"]
)
def test_an_answer_between_gmails_quotes_is_the_senders(attribution: str) -> None:
    page = (
        f"<div class='gmail_quote gmail_quote_container'>{attribution}"
        "<blockquote class=gmail_quote><div>When is the van due?</div></blockquote><div>On Friday at six.</div>"
        "<blockquote class=gmail_quote>Who loads it?<blockquote class=gmail_quote>I asked before.</blockquote>"
        "Do tell me.</blockquote><div><div>Gaz loads it.</div></div></div>"
    )
    assert own(page) == ["On Friday at six.", "Gaz loads it."]


@pytest.mark.parametrize(
    "quoted",
    [
        f"<div class=gmail_attr>{ATTRIBUTION}</div><blockquote class=gmail_quote>When is it due?</blockquote>",
        f"<div class=gmail_attr>{FORWARDED}</div><div>When is it due?</div>",
        f"<div class=gmail_attr>{FORWARDED}</div><div>Late again.<div class=gmail_quote>{ATTRIBUTION}"
        "<blockquote class=gmail_quote>When is it due?</blockquote></div></div>",
        f"<div class=gmail_attr>{FORWARDED}</div><p>Late again.</p><blockquote type=cite>When is it due?</blockquote>",
    ],
    ids=["reply", "forward", "forwarded reply", "forwarded reply of another program"],
)
def test_an_answer_above_what_gmail_quotes_is_all_that_is_the_senders(quoted: str) -> None:
    assert own(f"<div dir=ltr>On Friday at six.</div><br><div class=gmail_quote>{quoted}</div>") == [
        "On Friday at six."
    ]


def test_words_crossed_out_or_deleted_in_an_e_mail_earn_nothing() -> None:
    page = "<div>I rang her. <s>I left it.</s></div><div><del>I forgot.</del> I wrote it down.</div>"
    assert own(page) == ["I rang her.", "I wrote it down."]


def test_a_beginning_that_goes_over_two_lines() -> None:
    lines = ["mine", "On Tue, 3 Mar 2026 at 10:02, Ann Hill", "<ann.hill@example.org> wrote:", "hers"]
    assert [why is None for why in reasons(lines, [False] * 4)] == [True, False, False, False]


@pytest.mark.parametrize(
    "text",
    [
        "On Friday I wrote:",
        "From: the shop I rang her.",
        "I wrote to her on 3 March 2026.",
        "Sent the letter off.",
        "-- and that was it",
    ],
)
def test_own_words_that_look_like_it_stay(text: str) -> None:
    assert reasons(["mine", text, "mine too"], [False] * 3) == [None] * 3


def test_an_e_mail_typed_by_hand_is_text() -> None:
    typed = b"To: all staff\nFrom: Sam\nSubject: the van\n\nDear all, it is late."
    assert recognise(typed, "a.eml").name == "txt"


def test_every_part_of_a_message_is_read_and_each_form_of_one_once() -> None:
    twice = MIMEMultipart("alternative")
    twice.attach(MIMEText("I sit by Dawn.", "plain"))
    twice.attach(MIMEText("<p>I sit by <b>Dawn</b>.</p>", "html"))
    message = MIMEMultipart("mixed")
    for part in (twice, MIMEText("<p>We log it.</p>", "html"), MIMEText("Then we ring.", "plain")):
        message.attach(part)
    message.attach(MIMEText("<p>Then we ring.</p>", "html"))
    passages, unread = read_eml(message.as_bytes(), "a.eml")
    assert [passage.text for passage in passages] == ["I sit by Dawn.", "We log it.", "Then we ring."]
    assert not unread


def test_a_wrong_charset_and_broken_parts_are_read_as_far_as_they_go() -> None:
    data = b"Message-ID: <1>\nSubject: =?utf-8?b?!!!?= \xff\nContent-Type: text/plain; charset=nonsense\n\ncaf\xc3\xa9"
    assert read_eml(data, "a.eml")[0][-1].text == "café"


def test_forged_streams_are_refused() -> None:
    data = bytearray((FIXTURES / "letter.msg").read_bytes())
    place = bytes(data).index("__substg1.0_0037001F".encode("utf-16-le"))
    data[place + 120 : place + 124] = (90_000_000).to_bytes(4, "little")
    with pytest.raises((UnreadableError, OSError)):
        read_msg(bytes(data), "a.msg")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [
                "\n",
                "From: a",
                "Content-Type: multipart/mixed; boundary=x",
                "--x",
                "--x--",
                "> a",
                "=?",
                "\xff",
                "Content-Transfer-Encoding: base64",
                "On 3 May 10:00 a wrote:",
                "\0",
            ]
        )
    )
)
def test_any_lines_are_read(lines: list[str]) -> None:
    read_eml(("Message-ID: <1>\n" + "\n".join(lines)).encode("latin-1"), "a.eml")
