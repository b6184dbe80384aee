"""What may be a speaker's label in a text, and what a label says by itself of who speaks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal

from marker.document import Passage

Role = Literal["learner", "question", "assessor", "customer", "server", "unknown"]
CUSTOMERS = "customer|client|guest|patient|tenant|parent|resident|visitor|passenger|member|complainant|buyer"
_LABELS: tuple[tuple[Role, str], ...] = (
    (
        "learner",
        r"me|myself|learner|candidate|student|apprentice|trainee|ans|"
        r"(?:(?:my|(?:the )?(?:learner|candidate|student|apprentice)(?:['’]s)?) )?(?:answer|response|reply)",
    ),
    ("question", r"q|question"),
    (
        "assessor",
        r"(?:.* )?(?:assessor|tutor|interviewer|trainer|teacher|examiner|observer|lecturer|coach|mentor|iqa|iv|"
        r"questioner|facilitator)(?:(?:['’]s)? question)?",
    ),
    (
        "customer",
        rf"(?:the |angry |upset |unhappy )?(?:{CUSTOMERS}|caller|shopper|service user|hirer|user)|"
        r"(?:mr|mrs|ms|miss|dr) .+",
    ),
    (
        "server",
        r"receptionist|agent|(?:staff |team )member|member of staff|staff|advis[eo]r|employee|operator|clerk|"
        r"(?:shop |sales )?assistant|server|waiter|waitress|cashier|call handler|csa|csr|host|representative|rep|"
        r"administrator|worker",
    ),
)
_ROLES = tuple((role, re.compile(pattern, re.I)) for role, pattern in _LABELS)
_NO_SPEAKER = frozenset(
    "customers clients guests patients staff colleagues managers suppliers note notes nb ps complaint "
    "complaints internal external example examples step stage task part unit section need needs method methods "
    "reason reasons date time name subject from to cc re why how what when where who which first second third "
    "firstly then finally next also so because but and summary conclusion introduction evidence source website "
    "email phone tel address quality cost speed accuracy crm gdpr positive negative advantage advantages "
    "disadvantage disadvantages pros cons verbal written online survey surveys data policy result results "
    "action actions situation scenario outcome answers feedback role product service services communication "
    "listening empathy confidentiality security staff's duration length learner's employer workplace centre "
    "assignment word words total title level version page remember important definition meaning reference "
    "signed declaration present review problem solution cause effect benefit benefits aim aims purpose before "
    "after during spelling grammar punctuation course place morning afternoon today yesterday "
    "monday tuesday wednesday thursday friday saturday sunday "
    "day week says said is was are".split()
)

_SECONDS = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = (
    rf"[\[(]?(?:\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}},?[ \t])?(?:{_SECONDS}|\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?)"
    r"(?:[ \t\u202f]?[ap]m)?[\])]?"
)
_WORD = r"[^\W\d_][\w.'’]{0,24}"
_NAME = rf"(?P<name>{_WORD}(?:[ \t]{_WORD}){{0,3}}(?:[ \t]\d{{1,2}}(?![:.]?\d))?)"
_CUE = re.compile(
    rf"(?:^|\n|(?<=[.?!…\"”’)\]])\s)[ \t]*+[*_]{{0,2}}(?:{_STAMP}[ \t]*+[-–—]?[ \t]*+)?{_NAME}[ \t]*+"
    rf"(?:\((?P<role>[^()\n]{{1,20}})\))?[ \t]*+(?:{_STAMP}[ \t]*+)?[*_]{{0,2}}"
    r"(?::|[-–—](?=\s)|(?<=\d\d[\])])(?=\s|\Z)|(?<=\d\d)(?=[ \t]*+(?:\n|\Z)))[*_]{0,2}\s*+"
)
_STAMPED = re.compile(rf"(?:^|\n)[ \t]*+{_SECONDS}[ \t]++{_NAME}[ \t]*+(?:\n\s*+|\Z)")  # as Word transcribes
# As meetings' programs copy what was said or typed (Teams, Otter, Zoom).
_ANY_NAME = rf"(?P<name>{_WORD}(?:[ \t-]{_WORD})?,[ \t]{_WORD}(?:[ \t]{_WORD})?|{_WORD}(?:[ \t]{_WORD}){{0,3}}?)"
_ENDS = r"[ \t]*+(?:\n\s*+|\Z)"
_COPIED = tuple(
    re.compile(rf"(?:^|\n)[ \t]*+{pattern}")
    for pattern in (
        rf"{_ANY_NAME}[ \t]*+(?:\([^()\n]{{1,40}}\)[ \t]*+)?{_STAMP}{_ENDS}",
        rf"\[[^\[\]\n]{{0,24}}\d[:.]\d\d[^\[\]\n]{{0,6}}\][ \t]*+{_ANY_NAME}{_ENDS}",
        rf"{_STAMP}[ \t]++[Ff]rom[ \t]++{_ANY_NAME}[ \t]*+(?:to[ \t][^:\n]{{1,60}})?:\s*+",
        rf"\d{{1,2}}:\d{{1,2}}:[\d.,]{{1,6}}[ \t]-->[^\n]{{1,20}}\n[ \t]*+{_ANY_NAME}{_ENDS}",
    )
)
# In a label that is nothing else: a time behind a name, or what such a program writes beside it.
TIMED = re.compile(r"[^\W\d].*\d[:.]\d\d|\A\W*\[|<v|-->|[Ff]rom\b", re.S)
_TAGGED = re.compile(rf"<v(?:\.[\w.]{{1,40}})?[ \t]+{_ANY_NAME}>\s*+")  # as captions are marked (WebVTT)
MARKED = re.compile(r"[:<]")  # in a label that is hardly anything else, whatever its name
_BRACKETED = re.compile(_NAME.join((r"(?:^|\n)[ \t]*+[*_]{0,2}[\[<(]", r"[\]>)][*_]{0,2}\s*:?\s*")))
_BARE = re.compile(_NAME.join((r"\A[ \t]*+[*_]{0,2}", r"[*_]{0,2}\s*\Z")))
_INLINE = r"(?<![^\s(\[])(?P<name>{})\s*(?:\([^()\n]{{1,20}}\))?\s*:\s*"
# A name and no more behind a label: a field of a form.
_FIELD = re.compile(
    r"[ \t]*(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?[ \t]+[A-Z]|[A-Z][\w'’-]*[ \t]+[A-Z])[\w'’-]*(?:[ \t]+[A-Z][\w'’-]*){0,2}"
    r"[ \t]*(?:\([^()\n]{1,60}\))?\s*\Z"
)


def labels(passage: Passage) -> Iterator[re.Match[str]]:
    """What may be a speaker's label: with a colon, dash, time or tag; a role's name in brackets or on its own line.

    A role alone in a cell is the head of a row or column, and a name alone behind a label a field of a form.
    """
    for match in _found(passage):
        if _may_speak(plain_name(match["name"]), passage.text[match.end() :]):
            yield match


def _found(passage: Passage) -> Iterator[re.Match[str]]:
    for pattern in (*_COPIED, _CUE, _STAMPED, _TAGGED):
        yield from pattern.finditer(passage.text)
    bare = _BARE.finditer(passage.text) if passage.kind != "cell" else ()
    for match in (*_BRACKETED.finditer(passage.text), *bare):
        if role_of(plain_name(match["name"])) in ("learner", "assessor", "customer", "question"):
            yield match


def labels_of(names: Collection[str]) -> re.Pattern[str]:
    """What finds the labels of these speakers, within a line too."""
    return re.compile(_INLINE.format("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))))


def introduced(text: str) -> Iterator[str]:
    """What labels such as "Dee (assessor):" say of who speaks: "assessor: Dee"."""
    for match in _CUE.finditer(text):
        if match["role"] and not match["role"].isdigit():
            yield f"{match['role']}: {match['name']}"


def _may_speak(name: str, said: str) -> bool:
    """Whether a label may be a speaker's: none of a form, where nothing but a name follows, and no other word's.

    A customer who is asked says their name.
    """
    role = role_of(name)
    if role == "unknown" and any(word.lower() in _NO_SPEAKER for word in name.split()):
        return False
    return role == "customer" or not _FIELD.match(said)


def plain_name(name: str) -> str:
    """A label's name on one line, without the stop behind it."""
    return re.sub(r"\s+", " ", name).strip(" .")


def role_of(name: str) -> Role:
    """What a label says by itself; a number behind it is left out."""
    bare = re.sub(r"\s?\d{1,2}\Z", "", name)
    return next((role for role, pattern in _ROLES if pattern.fullmatch(bare)), "unknown")
