"""Whose words: what is credited to the learner and what is set aside, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from marker.attribution import attribute
from marker.criteria import bundled, load_rubric
from marker.document import Document, Kind, Location, Passage

WORDINGS = tuple(wording for name in bundled() for wording in load_rubric(name).wordings)
BRIEF = ("You have started a new job at a garden centre.", "Produce a leaflet for new staff.")


def passage(text: str, number: int = 1, kind: Kind = "paragraph", cell: str | None = None) -> Passage:
    return Passage(text, Location("folder.txt", None, number, cell, 0, len(text)), kind)


def heading(text: str, number: int = 1) -> Passage:
    return replace(passage(text, number, "heading"), credited=False, why="heading")


def judge(*texts: str | Passage, name: str = "folder.txt") -> list[Passage]:
    passages = tuple(passage(one, n) if isinstance(one, str) else one for n, one in enumerate(texts, 1))
    return list(attribute(Document(name, "", "txt", passages), WORDINGS, BRIEF).document.passages)


def own(passages: Sequence[Passage]) -> list[str]:
    return [one.text.strip() for one in passages if one.credited]


@pytest.mark.parametrize(
    "text",
    [
        "Q1. What do your customers need?",
        "Question: How do you deal with an angry customer?",
        "What happens when something goes wrong?",
    ],
)
def test_printed_questions_are_set_aside(text: str) -> None:
    [one] = judge(text)
    assert one.why == "printed question"


def test_an_answer_behind_a_copied_question_is_credited_at_its_exact_place() -> None:
    text = "Q1. How do you find out what people want? We leave cards by the till."
    question, answer = judge(text)
    assert question.why == "printed question"
    assert answer.text == "We leave cards by the till."
    assert text[answer.location.start : answer.location.end] == answer.text


@pytest.mark.parametrize(
    "text",
    [
        "Listen to the customer. Write it in the book. Explain to the customer what will happen.",
        "Explain slowly. Don't use long words. Give them time.",
        "Describe it back to them so they know you have listened.",
        "Complete the form with them and read it back.",
        "You must write it down straight away and you should use their name.",
        "My tutor's feedback made me think about how I talk.",
        "I confirm the booking with the customer and read the date back to them.",
        "Our policy says we ring back within two days, so I put it in my diary.",
        'She said "I have had enough" so I gave her a refund.',
        '"I\'m so sorry, let me see what I can do about the delivery."',
        "Internal: my colleagues",
        "Small firms who send us their hours, e.g. a nursery, two pubs, a vet, pay us per payslip.",
    ],
)
def test_the_learners_own_words_are_credited(text: str) -> None:
    assert own(judge(text)) == [text]


def test_an_answer_that_only_its_letters_tell_from_the_question_is_credited() -> None:
    text = "List the stages of a complaints procedure write it down, look into it, ring back"
    (asked, answer) = judge(replace(passage(text), restyled=42))
    assert (asked.text, asked.why) == ("List the stages of a complaints procedure ", "printed question")
    assert (answer.text, answer.credited) == ("write it down, look into it, ring back", True)
    assert answer.location.start == 42


def test_a_bold_opening_is_no_question() -> None:
    (whole,) = judge(replace(passage("The cooks are my internal customers because we work together."), restyled=10))
    assert whole.credited


def test_what_a_task_states_first_is_printed_with_it() -> None:
    stated = "Colleagues rely on one another every day. Give two examples from your own place of work."
    assert [(one.text, one.why) for one in judge(stated)] == [(stated, "printed question")]
    (answer,) = own(judge("Our drivers rely on us. Give two examples from your own place of work."))
    assert answer.strip() == "Our drivers rely on us."
    assert own(judge("Colleagues rely on one another. Give them the list by six."))[0].startswith("Colleagues rely")


def test_steps_in_a_list_are_no_printed_questions() -> None:
    steps = ("Apologise", "Explain what will happen next", "Identify the problem and fix it")
    assert own(judge(*(passage(step, n, "list item") for n, step in enumerate(steps, 1)))) == list(steps)


@pytest.mark.parametrize(
    "text",
    [
        "I can explain how to log and escalate customer complaints.",
        "In this task I have shown methods used to identify customer requirements.",
        "This section covers the key components of a CRM system.",
        "CRM principles contribute to customer retention and long-term business success.",
    ],
)
def test_a_marking_point_repeated_shows_nothing(text: str) -> None:
    [one] = judge(text)
    assert one.why == "marking point copied"


@pytest.mark.parametrize(
    "text",
    [
        "Customers need quality, cost, speed and accuracy",
        "Surveys and feedback forms.",
        "The methods used to identify customer requirements are surveys, and from them we learn the best hours.",
        "I am able to identify customer needs by asking what they came in for.",
    ],
)
def test_an_answer_in_the_rubrics_words_is_an_answer(text: str) -> None:
    assert own(judge(text)) == [text]


def test_the_centres_brief_is_recognised_wherever_it_stands() -> None:
    brief, answer = judge("You have started a new job at a garden centre. I made a poster about returns.")
    assert brief.why == "task brief"
    assert answer.credited


def test_a_witness_statement_ends_at_the_next_heading() -> None:
    found = judge(
        heading("Witness statement"),
        "Ayesha dealt with an angry parent. I confirm that this is true. D. Moss",
        heading("My reflection"),
        "I was nervous but I let her finish.",
    )
    assert found[1].why == "witness statement"
    assert own(found) == ["I was nervous but I let her finish."]


def test_what_a_classmate_wrote_of_the_learner_is_no_evidence_of_his() -> None:
    found = judge(
        "Peer feedback from Rhys", "Joe listened to the lady the whole way through. He said sorry twice.", "I agree."
    )
    assert [one.why for one in found[:2]] == ["witness statement"] * 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("I declare that this is all my own work.", "declaration"),
        ("Total word count: 812", "word count"),
        ("Name: Jas Patel    ULN: 1234567    Date: 3/2/24", "cover sheet"),
        ("Page 2 of 7", "page furniture"),
        ("00:00:04.500 --> 00:00:09.000", "page furniture"),
        ("Complaints ............ 4", "contents page"),
        ("Nasza firma jest dla klientów i nie jest łatwo, ale oni są dla nas ważni przez cały rok.", "not in English"),
    ],
)
def test_other_peoples_words_are_set_aside(text: str, why: str) -> None:
    assert [one.why for one in judge(text)] == [why]


def test_a_reference_list_ends_where_the_learner_speaks() -> None:
    found = judge(heading("References"), "Cook, S. (2015) Customer Care.", "I rang the customer back myself.")
    assert own(found) == ["I rang the customer back myself."]


def test_a_short_answer_to_a_question_is_no_heading() -> None:
    long = "I ring the people who came in last week and ask how it all went."
    assert own(judge("What do customers want?", "Speed and accuracy", long)) == ["Speed and accuracy", long]


def test_what_the_reader_set_aside_stays_so() -> None:
    printed = replace(passage("We log it in the book."), credited=False, why="header", kind="header")
    assert judge(printed) == [printed]


def test_no_text_is_lost_and_order_is_kept() -> None:
    texts = [
        "Q1. What do you do?  I listen. Explain how you log a complaint.",
        "Assessor: And then?\nMe: I write it down.",
        "Me: Yes.",
    ]
    found = judge(*texts)
    for number, text in enumerate(texts, 1):
        pieces = [one for one in found if one.location.paragraph == number]
        assert "".join(one.text for one in pieces) == text
        assert all(text[one.location.start : one.location.end] == one.text for one in pieces)


@pytest.mark.parametrize("text", ["A: " * 2_000, " " * 5_000 + "x", "_" * 5_000, "1." * 2_000, "Dear " * 2_000])
def test_hostile_text_is_read_whole(text: str) -> None:
    assert "".join(one.text for one in judge(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "An acknowledgement is sent within five working days in accordance with the rules on the wall.",
        "A tenant expects that repairs shall be done within three working days and must be told in writing.",
        "Complaints must be written down because otherwise nobody will be able to look for a pattern.",
        "Answer in three rings.",
        "The role of CRM software in tracking customer interactions is that it remembers who rang.",
    ],
)
def test_a_formal_answer_of_the_learners_is_credited(text: str) -> None:
    assert own(judge(text)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Good service keeps people coming back to you.",
        "Naming it: it's listening, and I was not guessing.",
        "TB asked about refunds: I can do up to ten pounds.",
        "You need a number so two people don't both send one.",
    ],
)
def test_answers_that_sound_like_remarks_are_credited(text: str) -> None:
    assert own(judge("We sell paint to decorators.", text))[1:] == [text]


def test_a_witness_statement_ends_at_the_learners_own_account() -> None:
    found = judge(
        heading("Statement from shift leader"),
        "Omar always passes on messages promptly.",
        "I counted nine complaints in the folder and five were about parking.",
    )
    assert own(found) == ["I counted nine complaints in the folder and five were about parking."]


@pytest.mark.parametrize("text", ["I have not used AI to write this.", "Learner signature: R. Moss", "Signed: R. Moss"])
def test_signatures_and_declarations_are_set_aside(text: str) -> None:
    assert own(judge("We sell paint to decorators.", text)) == ["We sell paint to decorators."]


def test_the_head_of_a_row_is_no_answer() -> None:
    found = judge(passage("What they need", kind="cell", cell="table 1, row 2, column 1"))
    assert [passage.why for passage in found] == ["heading"]


@pytest.mark.parametrize(
    "text",
    [
        "Explain how you log a complaint in your organisation.",
        "6.2 Any grievance raised by a client shall be entered in the register within two working days.",
        "Good point - can you expand?",
        "Very clear now. TB 12/5",
        "Finding out what people want",
        "Hi, I was told my dog would be ready at four and I stood in your car park for an hour, not good enough.",
        "I have supervised Kerry since March and can confirm that she stays polite with upset owners.",
        "Failure to follow this procedure may lead to disciplinary action.",
    ],
)
def test_other_peoples_words_are_set_aside_among_the_learners(text: str, account: tuple[str, ...]) -> None:
    found = judge(*account[:3], text, *account[3:])
    assert own(found) == list(account)


def test_a_typed_heading_becomes_a_heading(account: tuple[str, ...]) -> None:
    found = judge(*account[:3], "Finding out what people want", *account[3:])
    assert (found[3].kind, found[3].why) == ("heading", "heading")


@pytest.mark.parametrize("title", ["Assessor feedback", "Tutor's written comments:", "Feedback to the candidate"])
def test_what_stands_under_an_assessors_heading_is_the_assessors(title: str) -> None:
    found = judge(
        heading(title),
        passage("Two good methods there, and the survey is well told.", 2),
        passage("Next time say how long each stage takes and who is told.", 3),
        heading("What our customers need", 4),
        passage("The drivers want the pallets stacked low so that they can see over them.", 5),
    )
    assert [one.why for one in found[1:3]] == ["assessor's comment"] * 2
    assert own(found) == ["The drivers want the pallets stacked low so that they can see over them."]


def test_a_remark_that_says_whose_it_is_takes_its_own_paragraph_only() -> None:
    found = judge(
        "Assessor's note: full answers here, 1.1 and 1.2 are covered.",
        "I ring the customer back the same day because she is waiting for her car.",
    )
    assert own(found) == ["I ring the customer back the same day because she is waiting for her car."]


def test_customer_feedback_is_a_heading_of_the_learners() -> None:
    text = "We leave a card on each table and read them on Fridays to see what people want changed."
    assert own(judge(heading("Customer feedback"), passage(text, 2))) == [text]


def test_a_customers_letter_runs_from_its_salutation_to_its_name() -> None:
    found = judge(
        "This is the email from the customer:",
        "Dear Sir or Madam,",
        "I collected my bicycle on Thursday and the brakes still rub.",
        "I need it for work and expect to be rung by Monday.",
        "Yours faithfully,",
        "Paul Grange",
        "I logged it in the workshop book and rang him back within the hour.",
    )
    assert own(found)[-1] == "I logged it in the workshop book and rang him back within the hour."
    assert {one.why for one in found[2:4]} == {"quoted customer"}


def test_a_letter_without_an_end_is_left_to_judgement() -> None:
    account = "I rang her because the parcel was late and told her when the next van leaves."
    assert account in own(judge("Complaint from a customer:", "Hello,", account, "She thanked me for that."))
