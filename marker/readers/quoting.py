"""Earlier messages quoted in an e-mail, and signatures: told by how mail programs mark them."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_NAME = 60  # characters

_ON = re.compile(r"\s*(?:>\s*)*On\s(?=.*(?:\d[:.]\d\d|@|\d{4})).{5,300}(?<!\bI)\swrote:\s*$", re.S)
_RULE = re.compile(r"\s*(?:>\s*)*(?:-{2,}\s*(?:Original|Forwarded) message\s*-{2,}|Begin forwarded message:)\s*$", re.I)
_FROM = re.compile(r"\s*(?:>\s*)*\*?From:\*?\s*(?P<who>[^\n]{1,300})", re.I)
_SENT = re.compile(r"^\s*(?:>\s*)*\*?(?:Sent|Date|To|Subject|Reply-To):", re.I | re.M)
_TIME = re.compile(r".*\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?\([A-Z]{2,5}\)| [+-]\d{4})?,?\s*", re.I | re.S)
_SIGNATURE = re.compile(r"\s*(?:-- ?|Sent from my \w[\w ]{1,30}|Get Outlook for \w{1,10}.*)$", re.I)
SIGNATURE = "e-mail signature"


def reasons(texts: Sequence[str], marked: Sequence[bool]) -> list[str | None]:
    """Why each line or paragraph of a message is set aside, or None where its sender wrote it.

    `marked` says which of them the mail program marks as quoted. Behind "On ... wrote:", only marked lines are
    quoted if any is; behind other signs of an earlier message, everything is.
    """
    found: list[str | None] = []
    who, all_quoted, signed = "", False, False
    for i, text in enumerate(texts):
        begins = _who_begins(texts, i)
        if begins is not None:
            who, signed = begins or who, False
            below = any(marked[i + 1 :]) and bool(_ON.match(_with_next(texts, i)))
            all_quoted = all_quoted or not (below or marked[i])
        opens = begins is not None or (i > 0 and _wraps(texts, i - 1))
        if opens or all_quoted or marked[i]:
            found.append(f"quoted message from {who}" if who else "quoted message")
            signed = False
            continue
        signed = signed or bool(_SIGNATURE.match(text))
        found.append(SIGNATURE if signed else None)
    return found


def _who_begins(texts: Sequence[str], i: int) -> str | None:
    """The sender of the earlier message that begins here ("": not named), or None where none does."""
    if _ON.match(joined := _with_next(texts, i)):
        inner = re.sub(r"<[^<>]{0,200}>|\[mailto:[^\]]{0,200}\]", "", joined).strip("> \n")
        inner = inner.removeprefix("On").rpartition("wrote:")[0]
        timed = _TIME.match(inner)
        return _name(inner[timed.end() :] if timed else inner.rpartition(",")[2])
    if _RULE.match(texts[i]):
        return ""
    sender = _FROM.match(texts[i])
    if sender and (_SENT.search(texts[i]) or any(_SENT.match(text) for text in texts[i + 1 : i + 4])):
        return _name(re.sub(r"<[^<>]{0,200}>|\[mailto:[^\]]{0,200}\]", "", sender["who"]) or sender["who"])
    return None


def _with_next(texts: Sequence[str], i: int) -> str:
    return f"{texts[i]} {texts[i + 1].strip(' >')}" if _wraps(texts, i) else texts[i]


def _wraps(texts: Sequence[str], i: int) -> bool:
    """Whether an "On ... wrote:" goes over the end of this line."""
    return (
        i + 1 < len(texts)
        and texts[i].lstrip("> ").startswith("On ")
        and not _ON.match(texts[i])
        and texts[i + 1].rstrip().endswith("wrote:")
        and bool(re.search(r"\d", texts[i]))
    )


def _name(text: str) -> str:
    return " ".join(text.split()).strip(" ,;'\"*>")[:MAX_NAME]
