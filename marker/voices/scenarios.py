"""Case studies and scenarios that a centre prints, for the learner to answer questions about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from marker.document import Passage
from marker.voices.printed import FIRST_PERSON, STRONG_LABEL, instruction, question

READ = 1_000  # characters at the start of a passage that are read
LONGEST_TITLE = 12  # words
MOST = 15  # passages of one case

_CASE = r"(?:case stud(?:y|ies)|scenarios?)"
_OPENS = re.compile(rf"\s*(?:the )?{_CASE}\b(?:\s(?:\d{{1,2}}|[A-H]|one|two|three))?\s*(?P<told>[:.\-–—]|\Z)?", re.I)
_READ_IT = re.compile(rf"\s*(?:please |now )?read (?:the |this )?(?:\w+ )?{_CASE}\b", re.I)
# What is printed of a case elsewhere: "Using the case study, explain ...".
_REFERS = re.compile(rf"\b(?:using|use|from|in|read|refer to|look at|based on) (?:the |this )(?:\w+ )?{_CASE}\b", re.I)
_ADDRESSED = re.compile(r"\s*you (?:work|are|have|run|manage)\b", re.I)
_QUESTIONS = re.compile(r"\s*(?:your )?questions\b", re.I)
_TASK = re.compile(r"\s*(?:task|activity|section|part|unit|assignment)\b", re.I)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")


def scenarios(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with every printed case set aside.

    A case stands under its name, nobody in it says "I" or "we", and it is printed: a question follows it, what is
    asked elsewhere refers to it, or it speaks to the learner. Learners tell of cases under such heads, too.
    """
    found = list(passages)
    referred = any(_REFERS.search(text) and not FIRST_PERSON.search(text) for text in map(_start, passages))
    for number, passage in enumerate(passages):
        begins = _begins(passage, number)
        if begins is None:
            continue
        end = begins
        while end < min(len(passages), begins + MOST) and _may_belong(passages[end], opening=end == number):
            end += 1
        if end > begins and not _is_printed(passages, number, end, referred):
            end = begins + bool(_ADDRESSED.match(_case(passages[begins])))
        found[begins:end] = [one.aside("task brief") for one in passages[begins:end]]
    return found


def _start(passage: Passage) -> str:
    return passage.text[:READ]


def _begins(passage: Passage, number: int) -> int | None:
    """The number of the passage with which a case begins that this one opens, if it opens one."""
    text = _start(passage)
    if passage.kind not in ("heading", "paragraph", "text box") or FIRST_PERSON.search(_QUOTED.sub("", text)):
        return None
    opened = _OPENS.match(text)
    if opened and opened["told"] is not None:
        titled = passage.kind == "heading" or len(text.split()) <= LONGEST_TITLE
        return number + 1 if titled else number
    return number + 1 if _READ_IT.match(text) and len(text.split()) <= 2 * LONGEST_TITLE else None


def _case(passage: Passage) -> str:
    """What is told, without the name of what it is."""
    text = _start(passage)
    opened = _OPENS.match(text)
    return text[opened.end() :] if opened else text


def _is_printed(passages: Sequence[Passage], number: int, end: int, referred: bool) -> bool:
    """Whether all that passage `number` opens, up to `end`, is a centre's and not the learner's."""
    following = passages[end : end + 1]
    if _READ_IT.match(_start(passages[number])):  # what follows that alone may be the answer
        return _asked(following, of_this=referred)
    return referred or _asked(following)


def _may_belong(passage: Passage, *, opening: bool) -> bool:
    text = _start(passage)
    if not passage.credited or passage.kind not in ("paragraph", "list item", "text box"):
        return False
    if FIRST_PERSON.search(_QUOTED.sub("", text)):
        return False
    return opening or not (STRONG_LABEL.match(text) or question(text, alone=True) or instruction(text))


def _asked(following: Sequence[Passage], *, of_this: bool = False) -> bool:
    """Whether what follows asks about what stood before; a task of its own may ask for anything, unless `of_this`."""
    return any(
        bool(_QUESTIONS.match(text)) or (question(text, alone=True) and (of_this or not _TASK.match(text)))
        for text in map(_start, following)
    )
