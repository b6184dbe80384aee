"""The checks that need no model: keywords, terminology, depth, misconceptions."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from marker.checks import Finding, depth, keywords, misconceptions, terminology
from marker.checks.keywords import Lexicon, Readings
from marker.criteria import load_rubric
from marker.document import Location
from marker.language import Sentence
from marker.spelling import is_english

B = load_rubric("customer-relationships-ocnwm")
A = load_rubric("customer-relationships")
LEXICON = Lexicon(B, is_english)


def sentences(*texts: str, context: str = "") -> list[Sentence]:
    return [
        Sentence(text, Location("a.txt", None, number, None, 0, len(text)), "paragraph", context, number)
        for number, text in enumerate(texts, 1)
    ]


def read(found: Sequence[Sentence]) -> Readings:
    return LEXICON.read(found)


def targets(found: Sequence[Sentence], denied: bool = False) -> set[str]:
    return {one.target for one in keywords.check(B, found, read(found)) if one.denied == denied}


def test_a_keyword_of_two_concepts_needs_both_near() -> None:
    assert "B2.a" in targets(sentences("Every complaint is logged in the red book."))
    assert "B2.a" not in targets(sentences("Every parcel is logged in the red book."))


def test_the_first_concept_may_stand_in_the_question_or_the_sentence_before() -> None:
    assert "B2.a" in targets(sentences("I fill in the form.", context="How do you deal with a complaint?"))
    assert "B2.a" in targets(sentences("A complaint came on Monday.", "I wrote it down."))
    assert "B2.a" not in targets(sentences("A complaint came.", "It rained.", "I wrote it down."))


def test_a_denied_keyword_is_found_as_denied() -> None:
    found = sentences("With a complaint we never write it down.")
    assert "B2.a" in targets(found, denied=True)
    assert "B2.a" not in targets(found)


def test_counted_items_are_found_by_concept() -> None:
    found = targets(sentences("They want a fair price, polite staff and no waiting."))
    assert {"B1.a:cost", "B1.a:courtesy", "B1.a:speed"} <= found


def test_terms_count_when_used_and_not_when_listed() -> None:
    used = sentences("We keep an audit trail so that we can prove what was done.")
    listed = sentences("Audit trail, ombudsman, escalation.")
    assert [one.target for one in terminology.check(used, read(used))] == ["audit trail"]
    assert list(terminology.check(listed, read(listed))) == []


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("We log it so that nothing gets lost.", "reason"),
        ("cos she has the last say", "reason"),
        ("Staff are paid by us whereas guests pay us.", "contrast"),
    ],
)
def test_reasons_and_contrasts_are_signalled(text: str, demand: str) -> None:
    assert demand in {one.target for one in depth.check(sentences(text))}


def test_a_bare_statement_signals_neither() -> None:
    assert list(depth.check(sentences("We write it in the book."))) == []


@pytest.mark.parametrize("text", ["Not everybody wants the same.", "They are not the same, a child and a pensioner."])
def test_who_denies_that_all_customers_are_alike_is_not_accused_of_it(text: str) -> None:
    said = Finding("classifier", 0, "M4", 0.9)
    assert [one.denied for one in misconceptions.check(A, sentences(text), [said])] == [True]


def test_a_guard_beside_the_sentence_silences_a_misconception() -> None:
    said = Finding("classifier", 0, "M2", 0.9)
    plain = sentences("CRM is software and nothing else.")
    guarded = sentences("Some people think CRM is software and nothing else.")
    corrected = sentences("CRM is software.", "I used to think that, before this course.")
    assert [one.denied for one in misconceptions.check(A, plain, [said])] == [False]
    assert [one.denied for one in misconceptions.check(A, guarded, [said])] == [True]
    assert [one.denied for one in misconceptions.check(A, corrected, [said])] == [True]


def test_a_misconception_without_a_label_is_found_by_its_wording() -> None:
    own = A.misconceptions[0].model_copy(update={"id": "X1", "label": None, "patterns": ("tea cures everything",)})
    rubric = A.model_copy(update={"misconceptions": (own,)})
    found = list(misconceptions.check(rubric, sentences("I know that tea cures everything."), []))
    assert [(one.target, one.score) for one in found] == [("X1", 1.0)]
