"""Markings built by hand from the bundled rubrics: one point of each status and everything that a report can say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from marker.criteria import Rubric, Verdict, load_rubric
from marker.document import Document, Location, Passage, Submission, Unread
from marker.marking import Evidence, Marking, MisconceptionFound, PartMarking, PointMarking, Status

MODELS = {"encoder": "sha256:" + "e" * 64, "classifier": "sha256:" + "c" * 64}


@dataclass(frozen=True)
class Shown:
    """How a test says that a part is shown, missed or counted."""

    quotes: tuple[str, ...] = ()
    shown: bool = True
    near: str | None = None
    items: tuple[str, ...] = ()


def at(
    paragraph: int, text: str, *, file: str = "essay.docx", page: int | None = None, cell: str | None = None
) -> Location:
    return Location(file, page, paragraph, cell, 0, len(text))


def evidence(text: str, paragraph: int = 4, checks: tuple[str, ...] = ("classifier", "keywords")) -> Evidence:
    return Evidence(text, at(paragraph, text), checks)


def point(
    rubric: Rubric,
    id: str,
    verdict: Verdict,
    status: Status,
    parts: dict[str, Shown],
    *,
    confidence: float = 0.92,
    refer: str | None = None,
    terms: tuple[str, ...] = (),
    advice: tuple[str, ...] = (),
) -> PointMarking:
    marked = rubric.point(id)
    markings = []
    for number, part in enumerate(marked.parts):
        said = parts.get(part.id, Shown(shown=False))
        quotes = tuple(evidence(quote, 4 + 3 * number + extra) for extra, quote in enumerate(said.quotes))
        markings.append(
            PartMarking(
                part=part,
                shown=said.shown,
                confidence=0.71,
                evidence=quotes,
                nearest_miss=evidence(said.near, 12, ("keywords",)) if said.near else None,
                items=tuple((item, quotes[0]) for item in said.items),
            )
        )
    return PointMarking(marked, verdict, status, confidence, refer, tuple(markings), terms, advice)


def submission(*, unread: tuple[Unread, ...] = (), name: str = "essay.docx") -> Submission:
    passage = Passage("one two three four five", at(1, "one two three four five"), "paragraph")
    return Submission("L017", (Document(name, "a" * 64, "docx", (passage,), unread),))


IMAGE = Unread("image", at(9, ""))

SET_ASIDE = (
    Passage("Q1. Explain the difference between internal and external customers.", at(2, ""), "paragraph").aside(
        "printed question"
    ),
    Passage("Q2. Explain methods used to find out what customers require.", at(7, ""), "paragraph").aside(
        "printed question"
    ),
    Passage("Unit 12 Principles of customer relationships", at(1, ""), "heading").aside("heading"),
)


@pytest.fixture(scope="session")
def customers() -> Rubric:
    return load_rubric("customer-relationships")


@pytest.fixture(scope="session")
def ocnwm() -> Rubric:
    return load_rubric("customer-relationships-ocnwm")


@pytest.fixture
def marking(customers: Rubric) -> Marking:
    """Every status, a referral, a near miss, a misconception, an unread image and passages set aside."""
    points = (
        point(
            customers,
            "A1",
            "met",
            "evidence found",
            {
                "a": Shown(("Kev on the van is my internal customer because he works for the same shop.",)),
                "b": Shown(("External ones walk in off the high street and just pay.",)),
                "c": Shown(
                    (
                        "Kev needs the post code on the card, because half the new estate is not on his sat nav.",
                        "The public want flowers that last their week.",
                    ),
                    items=("internal", "external"),
                ),
            },
            terms=("internal customer", "external customer"),
        ),
        point(
            customers,
            "A2",
            "partial",
            "part found",
            {
                "a": Shown(shown=False, near="We did a questionnaire once but I never saw what happened to it."),
                "b": Shown(
                    ("I ask them what the occasion is, because that tells me if they want bright or tasteful.",)
                ),
            },
            confidence=0.55,
            refer="a close call",
            advice=(
                "The sentences cited state something; a reader could ask for the reason (how, why, so that what).",
            ),
        ),
        point(customers, "A3", "not_met", "not found", {}, confidence=0.7),
        point(
            customers,
            "A4",
            "not_met",
            "cannot judge",
            {"a": Shown(shown=False, near="We have an iPad on the counter.")},
            refer="something in the submission could not be read",
        ),
    )
    misconception = customers.misconceptions[1]
    found = MisconceptionFound(misconception, evidence("CRM is just the program on the till.", 15, ("misconceptions",)))
    return Marking(customers, submission(unread=(IMAGE,)), points, (found,), SET_ASIDE, MODELS)


@pytest.fixture
def counted(ocnwm: Rubric) -> Marking:
    """A count reached in part, a point that always needs another kind of evidence, a lesser part."""
    points = (
        point(
            ocnwm,
            "B1",
            "partial",
            "part found",
            {
                "a": Shown(
                    ("Customers want it quick.", "They look for a fair price."), shown=False, items=("speed", "cost")
                )
            },
            confidence=0.8,
        ),
        point(
            ocnwm,
            "B4",
            "partial",
            "part found",
            {"t": Shown(("Empathy is seeing it from where they stand.",))},
            refer="this point needs a performance seen or recorded by a person",
        ),
    )
    return Marking(ocnwm, submission(), points, (), (), MODELS)


@pytest.fixture
def saying(customers: Rubric) -> Callable[[str], Marking]:
    """A marking in which every text of the learner's is the one given."""

    def build(text: str) -> Marking:
        first = point(
            customers, "A3", "partial", "part found", {"a": Shown((text,)), "b": Shown(shown=False, near=text)}
        )
        found = MisconceptionFound(customers.misconceptions[0], evidence(text))
        aside = (Passage(text, at(3, text), "paragraph").aside("printed question"),)
        read = submission(unread=(replace(IMAGE, what=text),), name=text)
        return Marking(customers, replace(read, id=text), (first,), (found,), aside, MODELS)

    return build
