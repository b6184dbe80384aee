"""Talks: whose turns are the learner's, and where in the talk a turn is."""

from __future__ import annotations

import pytest

from marker.attribution import attribute
from marker.document import Document, Kind, Location, Passage


def passage(text: str, number: int = 1, kind: Kind = "paragraph", cell: str | None = None) -> Passage:
    return Passage(text, Location("folder.txt", None, number, cell, 0, len(text)), kind)


def judge(*texts: str | Passage, name: str = "folder.txt") -> list[Passage]:
    passages = tuple(passage(one, n) if isinstance(one, str) else one for n, one in enumerate(texts, 1))
    return list(attribute(Document(name, "", "txt", passages), ()).document.passages)


def own(passages: list[Passage]) -> list[str]:
    return [one.text.strip() for one in passages if one.credited]


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
