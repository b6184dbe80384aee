"""The words that people read in a report, for assessors and for learners; places and counts put in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from marker.criteria import MarkingPoint
from marker.document import Document, Location, Unread
from marker.marking import PartMarking, Status
from marker.privacy import PersonalDetail

STATUSES: tuple[Status, ...] = ("evidence found", "part found", "not found", "cannot judge")


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that the report says of itself to one audience. `None`: that audience is not told."""

    sentence: str
    title: str
    read: str
    unread_means: str
    glance: str
    glance_header: tuple[str, str, str, str, str]
    legend: tuple[str, ...]
    shown: str
    shown_none: str
    missing: str
    missing_none: str
    not_judged_needs: str
    not_judged_unread: str
    doubts: str
    doubts_intro: str
    doubts_none: str | None
    aside: str
    aside_intro: str
    closing: str
    count: str
    count_none: str
    count_unsure: str


ASSESSOR = Words(
    sentence="A qualified assessor must read the evidence and decide.",
    title="Pre-marking report: {id}",
    read="What was read",
    unread_means=(
        "What could not be read may hold evidence. Where nothing was found, the report therefore says “cannot judge” "
        "and not “not found”."
    ),
    glance="At a glance",
    glance_header=("Point", "Source wording", "Found", "Where", "Look first"),
    legend=(
        "evidence found: sentences of the learner’s own seem to show every part",
        "part found: they seem to show some of it, and something is missing",
        "not found: no sentence seems to show any part",
        "cannot judge: nothing was found, but something could not be read or another kind of evidence is needed",
        "look first: the marker is unsure, or a person has to see this; the reason is given",
    ),
    shown="What the learner shows",
    shown_none="No sentence was found that shows a part of any point.",
    missing="What is missing",
    missing_none="No gap was found.",
    not_judged_needs="This point needs {needs}.",
    not_judged_unread="Nothing was found in what could be read. It may be in what could not.",
    doubts="Possible misunderstandings",
    doubts_intro="Questions to put to the learner. A sentence can read like a misunderstanding and not be one.",
    doubts_none="None was found.",
    aside="What was set aside",
    aside_intro=(
        "These passages were not counted, because they do not seem to be the learner’s own answer in English. "
        "If one is set aside wrongly, read it as evidence yourself."
    ),
    closing="Objectives that no point covers",
    count="Told apart: {items} ({found}; at least {needed} asked for).",
    count_none="None told apart; at least {needed} asked for.",
    count_unsure="At least {needed} asked for; told apart so far: {items}. Please count in the quotes.",
)

LEARNER = Words(
    sentence="Your assessor reads your work and decides.",
    title="Your work, point by point: {id}",
    read="What was read",
    unread_means=(
        "Some of your work could not be read, such as a picture or a scan. It may be just what is needed. So where "
        "nothing was found, this page says “cannot judge” and not “not found”. Show that part to your assessor."
    ),
    glance="At a glance",
    glance_header=("Point", "What it asks for", "Found", "Where", "Good to know"),
    legend=(
        "evidence found: your own sentences seem to show all of this point",
        "part found: your sentences show some of it, and something is still missing",
        "not found: no sentence was found for this point yet",
        "cannot judge: nothing was found, but some work could not be read or has to be seen in another way",
    ),
    shown="What you already show",
    shown_none="Nothing was found yet. The questions below show you where to start.",
    missing="What is still missing",
    missing_none="No gap was found. Your assessor may still have questions.",
    not_judged_needs="This point needs {needs}. These questions can help you get ready.",
    not_judged_unread="It may be in the work that could not be read. If not, these questions can help you.",
    doubts="Worth another look",
    doubts_intro="Read these sentences again and think about the question. You may have meant something else.",
    doubts_none=None,
    aside="What was left out",
    aside_intro=(
        "Some text was not used: {kinds}. It does not look like your own answer in English. If it is, tell your "
        "assessor. The assessor’s report (--audience assessor) lists all of it."
    ),
    closing="Study advice",
    count="You name: {items} (asked for: {needed} or more, all different).",
    count_none="Asked for: {needed} or more, all different.",
    count_unsure="",
)

CLOSEST = "Closest sentence so far"
MORE_PLACES = "You also show this here: {places}."
ROLES = {"required": "", "supporting": " (does not stand alone)", "lesser": " (not required; earns part at most)"}
DECIDE = "For the assessor’s decision"
DECIDE_INTRO = "The boxes are empty on purpose. Read the evidence, then decide each point."
DECIDE_FIELDS = ("Assessor’s decision", "Date", "Initials")
DECIDE_REASON = "Reason if different"

RUBRIC_STATUS = {
    "indicative": "These points are a guide. Your centre’s own points may differ.",
    "draft": "These points are a draft. Your centre’s own points may differ.",
    "official": "These points are the official ones.",
}
FORMATS = {"docx": "Word", "pdf": "PDF", "txt": "plain text", "md": "Markdown", "unreadable": "unreadable"}
CHECKS = {
    "keywords": "key words",
    "terminology": "unit terms",
    "classifier": "meaning",
    "subject": "meaning, among other matters",
    "depth": "reason or contrast",
    "misconceptions": "meaning",
}

_CONFIDENT, _FAIRLY = 0.85, 0.65


def confidence_words(probability: float) -> str:
    """A calibrated probability in one of three bands: people read too much into a number."""
    if probability >= _CONFIDENT:
        return "confident"
    return "fairly confident" if probability >= _FAIRLY else "unsure"


def check_words(checks: Iterable[str]) -> str:
    """What found a sentence: "found by key words and meaning"; empty when no check fired."""
    names = list(dict.fromkeys(CHECKS.get(check, check) for check in checks))
    return f"found by {listed(names)}" if names else ""


def count_words(marking: PartMarking, words: Words) -> str:
    """What a counting part found and how many it asks for; empty for a part that does not count."""
    if marking.part.count is None:
        return ""
    needed, found = marking.part.count.needed, len(marking.items)
    items = ", ".join("something else" if item == "other" else item.replace("-", " ") for item, _ in marking.items)
    enough = found >= needed or not marking.shown  # a part can be shown though not every thing in it was told apart
    template = (words.count if items else words.count_none) if enough else words.count_unsure
    return template.format(items=items or "none", found=found, needed=needed)


def asked_words(point: MarkingPoint, *, learner: bool) -> str:
    """What a point asks for: in the source's wording or, for a learner, part by part in plain words."""
    if not learner:
        return point.text
    return sentence_case("; ".join(part.text for part in point.parts if part.role != "lesser"))


def file_words(document: Document) -> str:
    """A file as read: "essay.docx (Word, 512 words)"."""
    return f"{document.name} ({FORMATS.get(document.format, document.format)}, {document.words} words)"


def unread_words(unread: Sequence[Unread]) -> str:
    """What of one file could not be read: "image (pages 2, 3); chart (page 5)"."""
    wholly = [one.what.removeprefix("file: ") for one in unread if one.what.startswith("file: ")]
    if wholly:
        return f"the whole file: {'; '.join(wholly)}"
    return _by_kind((one.what, one.location) for one in unread)


def detail_words(details: Iterable[PersonalDetail]) -> str:
    """The personal details in one file: "phone number (paragraphs 2, 3); postcode (paragraph 3)"."""
    return _by_kind((one.kind, one.location) for one in details)


def _by_kind(found: Iterable[tuple[str, Location]]) -> str:
    kinds: dict[str, list[Location]] = {}
    for what, location in found:
        kinds.setdefault(what, []).append(location)
    return "; ".join(_with_places(what, places(locations, False)) for what, locations in kinds.items())


def places(locations: Iterable[Location], several_files: bool) -> str:
    """Places in words, alike ones together: "“Task 2”, paragraphs 4, 9; table 1, row 2, column 3"."""
    numbers: dict[tuple[str, str, str], list[int]] = {}
    for location in locations:
        noun, number = _place(location)
        above = f"“{location.heading}”" if location.heading else ""
        known = numbers.setdefault((location.file if several_files else "", above, noun), [])
        if number is not None and number not in known:
            known.append(number)
    said, last = [], ("", "")
    for (file, above, noun), found in numbers.items():
        where = () if (file, above) == last else (file, above)
        said.append(", ".join(filter(None, (*where, _counted(noun, sorted(found))))))
        last = (file, above)
    return "; ".join(said)


def listed(names: Sequence[str]) -> str:
    """Names in one phrase: "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def sentence_case(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _place(location: Location) -> tuple[str, int | None]:
    page = f"page {location.page}, " if location.page else ""
    if location.cell:
        row, _, column = location.cell.rpartition(" ")
        return (f"{page}{row}", int(column)) if column.isdigit() else (f"{page}{location.cell}", None)
    if location.turn:
        return f"{page}turn {location.turn}, {location.speaker}", None
    if location.line:
        return f"page {location.page}, line", location.line
    if location.page:
        return "page", location.page
    return ("paragraph", location.paragraph) if location.paragraph else ("", None)


def _counted(noun: str, numbers: Sequence[int]) -> str:
    if not numbers:
        return noun
    return f"{noun}{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"


def _with_places(what: str, where: str) -> str:
    return f"{what} ({where})" if where else what


# Control characters, halves of characters and non-characters, which XML and terminals cannot take, and the characters
# that turn round what stands after them.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

_T = TypeVar("_T")


def printable(value: _T) -> _T:
    """The same value with each text in it, however deep, on one line and free of what cannot be printed."""
    return cast(_T, _printable(value))


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub("\ufffd", " ".join(value.split()))
    if isinstance(value, tuple):
        return tuple(map(_printable, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _printable(getattr(value, field.name)) for field in fields(value)})
    return value
