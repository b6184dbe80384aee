"""The whole way, from text to verdicts, with the shipped models."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from marker.criteria import Rubric, load_rubric
from marker.document import Document, Location, Submission, Unread
from marker.encoder import LONGEST, Line, load_encoder
from marker.marking import Marking, PointMarking
from marker.pipeline import mark, mark_all, prepare
from marker.readers.text import read_text

A = load_rubric("customer-relationships")
B = load_rubric("customer-relationships-ocnwm")
ANSWERS = yaml.safe_load((Path(__file__).parent / "verdicts.yaml").read_text(encoding="utf-8"))


def submission(text: str, *unread: Unread) -> Submission:
    passages, _ = read_text(text.encode(), "answer.txt")
    return Submission("answer", (Document("answer.txt", "0" * 64, "txt", passages, unread),))


def rubric_of(point: str) -> Rubric:
    return A if point.startswith("A") else B


def marked(text: str, point: str, *unread: Unread) -> PointMarking:
    marking = mark(submission(text, *unread), rubric_of(point))
    return next(one for one in marking.points if one.point.id == point)


def everything(text: str) -> list[PointMarking]:
    return [point for marking in mark_all(submission(text), [A, B]) for point in marking.points]


@pytest.mark.parametrize(
    ("point", "verdict"), [(point, verdict) for point, answers in ANSWERS.items() for verdict in answers]
)
def test_every_point_can_come_out_as_each_verdict(point: str, verdict: str) -> None:
    text = ANSWERS[point][verdict]
    assert not any(text == example for _, example in rubric_of(point).point(point).examples.pairs())
    assert marked(text, point).verdict == verdict


def test_marking_points_pasted_back_earn_nothing() -> None:
    pasted = "\n\n".join(point.text for rubric in (A, B) for point in rubric.points)
    assert {point.verdict for point in everything(pasted)} == {"not_met"}


def test_claims_to_have_covered_the_points_earn_nothing() -> None:
    claims = "\n\n".join(
        "In this portfolio I have " + point.text.removeprefix("Award credit for ") for point in (*A.points, *B.points)
    )
    assert "met" not in {point.verdict for point in everything(claims)}


def test_a_list_of_key_terms_earns_no_met() -> None:
    terms = "\n".join(f"- {term}" for rubric in (A, B) for point in rubric.points for term in point.terminology)
    assert "met" not in {point.verdict for point in everything(terms)}


def test_a_list_of_needs_answers_identify() -> None:
    found = marked("Our customers need a fair price, quick service, friendly staff and no mistakes.", "B1")
    assert found.verdict == "met"
    assert {item for item, _ in found.parts[0].items} >= {"cost", "speed"}


def test_printed_questions_earn_nothing_and_are_shown_as_set_aside() -> None:
    questions = (
        "1. Explain how complaints are logged, escalated and put right with a refund.",
        "2. Describe two methods that are used to find out what customers want.",
        "3. Identify the needs of an internal and of an external customer.",
        "4. Explain how customer data is collected, analysed and used.",
        "5. Describe how your organisation keeps in touch with customers. Give an example from your workplace.",
        "Use the space below. Write at least 150 words.",
    )
    marking = mark(submission("\n\n".join(questions)), A)
    assert {point.verdict for point in marking.points} == {"not_met"}
    assert len(marking.set_aside) >= len(questions) - 1


def test_role_play_is_always_referred() -> None:
    for text in (*ANSWERS["B4"].values(), "I like tea."):
        found = marked(text, "B4")
        assert found.refer is not None and "performance" in found.refer


def test_unread_matter_turns_not_found_into_cannot_judge() -> None:
    picture = Unread("image", Location("answer.txt", None, 1, None, 0, 0))
    assert marked("I like tea.", "A1").status == "not found"
    found = marked("I like tea.", "A1", picture)
    assert (found.verdict, found.status) == ("not_met", "cannot judge")
    assert found.refer == "something in the submission could not be read"


def test_evidence_from_a_talk_is_referred_where_nobody_can_tell_who_the_learner_is() -> None:
    said = (
        ("Bo Lunt", "Our drivers are internal customers, they work here too and need the list by six."),
        ("Di Low", "The shops that buy the bread are external customers and need an honest price."),
        ("Bo Lunt", "Right."),
    )
    text = "\n\n".join(f"[14:0{at}] {name}\n{words}" for at, (name, words) in enumerate(said))
    found = marked(text, "A1")
    assert found.verdict != "not_met"
    assert found.refer == "it cannot be told who in the talk is the learner"


def test_text_in_another_language_is_referred_and_not_judged() -> None:
    text = (
        "Nasi klienci wewnetrzni to koledzy z magazynu, ktorzy potrzebuja listy zamowien rano, a klienci zewnetrzni "
        "to osoby, ktore kupuja nasze produkty i potrzebuja dobrej ceny oraz szybkiej dostawy do domu."
    )
    found = marked(text, "A1")
    assert found.status == "cannot judge"
    assert found.refer is not None


def test_quotes_are_the_text_at_their_location() -> None:
    prepared = submission("\n\n".join(answers["met"] for answers in ANSWERS.values()))
    texts = {passage.location.paragraph: passage.text for passage in prepared.documents[0].passages}
    quotes = [
        evidence
        for marking in mark_all(prepared, [A, B])
        for point in marking.points
        for part in point.parts
        for evidence in part.evidence
    ]
    assert len(quotes) > 30
    for quote in quotes:
        assert texts[quote.location.paragraph][quote.location.start : quote.location.end] == quote.quote


def test_misconceptions_are_reported_when_asserted_and_not_when_denied() -> None:
    asserted = "CRM is just a computer program that you buy and that is all it is."
    denied = "Some people think CRM is just a computer program but it is really how we treat people over time."
    assert [one.misconception.id for one in mark(submission(asserted), A).misconceptions] == ["M2"]
    assert mark(submission(denied), A).misconceptions == ()


def test_an_empty_submission_earns_nothing() -> None:
    blank = Submission("blank", (Document("blank.txt", "0" * 64, "txt", ()),))
    assert {point.verdict for point in mark(blank, A).points} == {"not_met"}


def test_marking_two_rubrics_together_is_marking_each() -> None:
    one = submission("\n\n".join(answers["partial"] for answers in ANSWERS.values()))
    together = [[point.verdict for point in marking.points] for marking in mark_all(one, [A, B])]
    assert together == [[point.verdict for point in mark(one, rubric).points] for rubric in (A, B)]


def test_vectors_do_not_depend_on_what_else_is_encoded() -> None:
    first, second = ANSWERS["A1"]["met"], ANSWERS["B2"]["met"]
    alone = prepare(submission(first), [A]).encoded.vectors
    both = Submission("two", submission(first).documents + submission(second).documents)
    assert np.array_equal(prepare(both, [A]).encoded.vectors[: len(alone)], alone)


def test_a_long_sentence_without_full_stops_is_read_to_its_end() -> None:
    padding = " ".join(["and then we had a cup of tea"] * 60)
    text = f"{padding} and customers need a fair price and quick service and friendly staff"
    assert marked(text, "B1").verdict in ("met", "partial")


def test_an_untrained_point_is_marked_and_always_referred() -> None:
    part = A.points[0].parts[0].model_copy(update={"label": None, "count": None})
    point = A.points[0].model_copy(update={"parts": (part,)})
    own = A.model_copy(update={"id": "own", "points": (point,), "misconceptions": (), "objectives": ()})
    marking: Marking = mark(submission(ANSWERS["A1"]["met"]), own)
    assert len(marking.points) == 1
    assert 0 < marking.points[0].confidence < 1
    assert "nobody has trained" in (marking.points[0].refer or "")


def test_the_encoder_tells_english_words_from_misspellings() -> None:
    assert load_encoder().knows("customer")
    assert not load_encoder().knows("custermer")


def test_an_endless_list_is_read_as_far_as_it_weighs() -> None:
    encoded = load_encoder().encode([Line("quick, " * 20_000)])
    assert 1 < len(encoded.pieces) <= LONGEST
    assert set(encoded.of) == {0}


def test_who_gives_the_reason_is_not_asked_for_it() -> None:
    text = "The cards are locked away. She would never trust us again. A huge fine could come to the shop as well."
    point = marked(text, "B5")
    assert any(part.shown and "reason" in part.part.text for part in point.parts)
    assert point.advice == ()
