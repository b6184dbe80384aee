"""What a report for people holds, in reading order, without any layout. Every renderer lays out the same `Page`."""

from __future__ import annotations

from dataclasses import dataclass

from marker.marking import Status


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of the report's own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Short answers, each under its name."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts under an optional caption."""

    items: tuple[str, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One point at a glance. `note` is empty unless a person should look there first."""

    id: str
    asks: str
    status: Status
    where: str
    note: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """The points of one unit at a glance."""

    caption: str
    header: tuple[str, str, str, str, str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """The learner's own sentence, where it stands and, for assessors, what found it."""

    text: str
    where: str
    found_by: str = ""
    label: str = ""

    @property
    def place(self) -> str:
        """Where it stands and what found it, in one phrase."""
        return ", ".join(filter(None, (self.where, self.found_by)))


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the learner."""

    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a point, with what was found for it or is asked about it."""

    id: str
    text: str
    state: str
    blocks: tuple[Para | Quote | Question, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Empty fields for the assessor's pen; nothing ever fills them in."""

    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a section says of one point or one misconception. `anchor`, where there is one, is what links go to."""

    id: str
    title: str
    status: Status | None
    blocks: tuple[Para | Facts | Bullets | Part | Quote | Question | Decision, ...]
    anchor: str = ""

    @property
    def heading(self) -> str:
        """The id and the title in one phrase; empty where there is neither."""
        return ". ".join(filter(None, (self.id, self.title)))


def anchor_of(rubric: str, point: str) -> str:
    """What a link to the first that a report says of a point goes to."""
    return f"{rubric}-{point}"


Block = Para | Facts | Bullets | Coverage | Quote | Question | Part | Decision | Entry


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it; on paper, on a page of its own if it says so."""

    heading: str
    blocks: tuple[Block, ...]
    own_page: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A whole report."""

    notice: str
    sentence: str
    title: str
    sections: tuple[Section, ...]
    footer: tuple[str, ...]
