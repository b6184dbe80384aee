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


@pytest.mark.parametrize(
    ("lines", "name", "expected"),
    [
        (["Assessor: Who are your customers?", "Jas: Parents."], "x", ["Parents."]),
        (["Tutor (SB): How do you log it?", "JP: In the log.", "Tutor (SB): And then?", "JP: Mr Khan."], "x",
         ["In the log.", "Mr Khan."]),
        (["[00:12] Assessor - Who rings you?", "[00:20] Jas - People about bins.", "And the drivers."], "x",
         ["People about bins.", "And the drivers."]),
        (["Q: Who are your customers?", "A: People who book a room."] * 2, "x", ["People who book a room."] * 2),
        (["Ben: What do they need?", "Ola: Quick answers.", "Ben: How is it recorded?", "Ola: In the diary."], "x",
         ["Quick answers.", "In the diary."]),
        (["Speaker 1: Can you tell me about complaints?", "Speaker 2: They go to Fran.", "Speaker 1: Who is she?",
          "Speaker 2: The team leader."], "x", ["They go to Fran.", "The team leader."]),
        (["Mo: I ring them.", "Di: Right.", "Mo: Then I note it.", "Di: Fine."], "Professional discussion with Mo",
         ["I ring them.", "Then I note it."]),
        (["Assessor", "Who follows it up?", "Learner", "Raj rings them.", "Assessor", "Thanks."], "x",
         ["Raj rings them."]),
        (["[Assessor] What do guests want?", "[Me] I ask at check-in.", "[Assessor] And after?", "[Me] A card."], "x",
         ["I ask at check-in.", "A card."]),
        (["Interviewer: Tell me about the system?", "It holds every call.", "Interviewer: What else?", "Emails."], "x",
         ["It holds every call.", "Emails."]),
        (["Customer: It is broken.", "Receptionist: I am sorry, let me look.", "Customer: Thanks."], "x",
         ["I am sorry, let me look."]),
        (["Sam: The sofa I got is ripped.", "Priya: I'm sorry. Can I take your name?", "Sam: It is Lee.",
          "Priya: Thank you for telling me."], "x", ["I'm sorry. Can I take your name?", "Thank you for telling me."]),
        (["A: Right.", "L: In the log. Do you mean ours?", "A: It goes to the area manager.", "L: And then?"], "x",
         ["In the log. Do you mean ours?", "And then?"]),
        (["Assessor: Do you log it?", "Learner: Yes.", "Supervisor: She repeats it back.", "Learner: Thanks."], "x",
         ["Yes.", "Thanks."]),
        (["12/03/2024, 09:14 - Jade: Who are your customers?", "12/03/2024, 09:20 - Con: The trade.",
          "12/03/2024, 09:22 - Jade: And what do they need?", "12/03/2024, 09:31 - Con: A price."], "x",
         ["The trade.", "A price."]),
        (["00:00:01 Speaker 1", "So how do you log it?", "00:00:05 Speaker 2", "In the day book.",
          "00:00:09 Speaker 1", "And who is told?", "00:00:12 Speaker 2", "I tell Sim."], "x",
         ["In the day book.", "I tell Sim."]),
        (["Evidence for: Di Noor", "Present: Tutor (Mr Hale), Di, Beth", "Mr Hale: Who needs you?",
          "Di: The night staff.", "Beth: And the families.", "Mr Hale: Go on.", "Di: They want a call."], "x",
         ["The night staff.", "They want a call."]),
    ],
)  # fmt: skip
def test_only_the_learners_turns_are_credited(lines: list[str], name: str, expected: list[str]) -> None:
    assert own(judge(*lines, name=name)) == expected


TALK = ["Assessor: Who are your customers?", "Lee: Drivers.", "Assessor: And inside?", "Lee: The mechanics."]
LONG = [f"On day {number} I sorted the post and filed the invoices." for number in range(30)]


@pytest.mark.parametrize(
    "form",
    [
        ["Learner: Callum Draycott", "Tutor and assessor: Mr Glyn Abbott (Tuesdays)"],
        ["Supervisor: Jo Kerr", "Tutor: Jo, well done. Spelling: stationery is paper."],
    ],
)
def test_the_fields_of_a_form_beside_a_talk_do_not_change_who_the_learner_is(form: list[str]) -> None:
    assert own(judge(*TALK, *form)) == own(judge(*form, *TALK)) == ["Drivers.", "The mechanics."]


def test_a_customer_in_a_role_play_may_say_nothing_but_a_name() -> None:
    found = judge("Me: Can I take your name?", "Customer: Lee Marsh", "Me: Thank you, Mr Marsh.", "Customer: It leaks.")
    assert own(found) == ["Can I take your name?", "Thank you, Mr Marsh."]


def test_captions_pasted_into_a_document_say_who_speaks() -> None:
    found = judge(
        "<v Dawn Price>My boiler is broken and nobody rings me back.</v>",
        "<v Ella Ford>I'm so sorry, that must be hard in this cold.</v>",
        "<v Dawn Price>It went off on Sunday.</v>",
        "<v Ella Ford>So it went off on Sunday, is that right?</v>",
    )
    assert all(text.startswith(("I'm so", "So it")) for text in own(found))
    assert len(own(found)) == 2


SHORT = ("the drivers first of all", "that is right and external customers are the public", "bags by the gate at six")


@pytest.mark.parametrize(
    "form",
    [
        "<v {name}>{said}",
        "{name}   0:{at}\n{said}",
        "[Tuesday 14:{at}] {name}\n{said}",
        "14:02:{at} From {name} to Everyone:\n{said}",
        "14:02:{at}\t From  {name} : {said}",
        "0:0:{at}.120 --> 0:0:{at}.440\n{name}\n{said}",
    ],
)
@pytest.mark.parametrize(("tutor", "learner"), [("Ann Boyd", "Jo Adu"), ("Boyd, Ann", "Adu, Jo")])
def test_labels_as_programs_write_them_need_no_other_sign_of_a_talk(form: str, tutor: str, learner: str) -> None:
    said = [(tutor, "Jo, who needs you inside?"), *zip((learner, tutor, learner), SHORT, strict=True)]
    said.append((learner, "and the office wants the sheet signed before the van leaves the gate each day"))
    lines = [form.format(name=name, said=text, at=12 + number) for number, (name, text) in enumerate(said)]
    assert [text.strip() for text in own(judge(*lines))] == [SHORT[0], SHORT[2], said[-1][1]]


def test_what_is_said_earns_nothing_without_a_look_where_nobody_can_tell_who_the_learner_is() -> None:
    lines = [f"{name}   0:0{at}\n{text}" for at, (name, text) in enumerate(zip(("Bo", "Di", "Bo"), SHORT, strict=True))]
    found = [passage for passage in judge(*lines) if passage.credited]
    assert [(passage.text.strip(), passage.doubtful) for passage in found] == [
        (text, "who in the talk is the learner") for text in SHORT
    ]


def test_who_speaks_is_told_for_each_talk() -> None:
    again = ["Learner: The chair opened it.", "Lee: I took the notes."] * 2
    found = judge(*TALK, *LONG, *again)
    assert own(found)[:2] == ["Drivers.", "The mechanics."]
    assert [one.location.turn for one in found if one.credited][:2] == [2, 4]


def test_what_stands_before_a_talk_amid_a_portfolio_says_who_speaks() -> None:
    talk = [
        "AS = assessor",
        "AS: Smashing. Go on.",
        "Dee: I log it as it comes.",
        "AS: Right.",
        "Dee: Then I ring them.",
    ]
    credited = own(judge(*LONG, *talk))
    assert "I log it as it comes." in credited and "AS: Right." not in credited


def test_turns_within_one_paragraph_are_told_apart() -> None:
    found = judge("Assessor: Who rings you? Jas: Parents and pupils. Assessor: Internal? Jas: The caretaker.")
    assert own(found) == ["Parents and pupils.", "The caretaker."]
    assert "another speaker: Assessor" in {one.why for one in found}


def test_a_place_in_a_transcript_is_the_turn_and_who_speaks() -> None:
    lines = (
        "Assessor: Who are your customers?",
        "Learner: Patients come to us. Assessor: And inside? Learner: Dentists.",
    )
    found = {one.text.strip(): (one.location.turn, one.location.speaker) for one in judge(*lines) if one.location.turn}
    assert found == {
        "Assessor: Who are your customers?": (1, "Assessor"),
        "Patients come to us.": (2, "Learner"),
        "Assessor: And inside?": (3, "Assessor"),
        "Dentists.": (4, "Learner"),
    }


def test_a_question_of_the_learners_in_a_role_play_is_the_learners() -> None:
    found = judge("Customer: It never came.", "Me: So you ordered it on Monday, is that right?", "Customer: Yes.")
    assert own(found) == ["So you ordered it on Monday, is that right?"]


def test_the_learners_account_between_the_turns_is_credited() -> None:
    found = judge("Customer: I want to speak to someone!", "(I waited until he had finished.)", "Me: I am listening.")
    assert own(found) == ["(I waited until he had finished.)", "I am listening."]


def test_labels_of_notes_are_no_speakers() -> None:
    notes = ["Note: we close at five.", "Complaints: we log them", "Staff: need rotas", "Note: the book is red."]
    assert own(judge(*notes)) == notes


def test_a_table_of_speakers_is_a_transcript() -> None:
    rows = [("Assessor", "Who do you serve?"), ("Jas", "Tenants."), ("Assessor", "Who else?"), ("Jas", "The office.")]
    cells = [
        passage(text, 2 * row + column, "cell", f"table 1, row {row}, column {column}")
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
    ]
    assert own(judge(*cells)) == ["Tenants.", "The office."]


def test_a_table_of_customers_is_no_transcript() -> None:
    rows = [("Guest", "A clean room"), ("Porter", "The arrivals list"), ("Patient", "A short wait")]
    cells = [
        passage(text, 2 * row + column, "cell", f"table 1, row {row}, column {column}")
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
    ]
    assert len(own(judge(passage("These are the people whom I deal with at the hotel."), *cells))) == 7


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


def test_roles_that_stand_alone_in_a_form_are_no_speakers() -> None:
    cover = [
        passage(text, number, "cell", f"table 1, row {(number + 1) // 2}, column {2 - number % 2}")
        for number, text in enumerate(("Learner", "Sofia Bright", "Assessor", "Dan Moor"), 1)
    ]
    talk = [
        "Daughter: I have paid three hundred pounds and nobody has told me anything.",
        "Sofia: I am so sorry, that must be worrying. Can I take your number?",
        "Daughter: You can, and I want to hear from you today.",
        "Sofia: I will check with the nurse and ring you before four.",
    ]
    found = judge(*cover, *(passage(text, number) for number, text in enumerate(talk, 5)), name="Sofia Bright.docx")
    assert [one.strip() for one in own(found) if "ring you" in one or "three hundred" in one] == [
        "I will check with the nurse and ring you before four."
    ]
