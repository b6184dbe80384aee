import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marker.document import Location, Passage
from marker.language import REACH, Vocabulary, is_english, sentences, split


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


def passage(text: str, kind: str = "paragraph", why: str | None = None) -> Passage:
    return Passage(text, Location("a.txt", None, 1, None, 0, len(text)), kind, why is None, why)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We log it. Then Mr. Shah rings them.", ["We log it.", "Then Mr. Shah rings them."]),
        (
            "We use surveys, forms etc. The forms tell us more.",
            ["We use surveys, forms etc.", "The forms tell us more."],
        ),
        ("first line\nsecond line", ["first line", "second line"]),
        ("  padded  ", ["padded"]),
        ("e.g. the kitchen", ["e.g. the kitchen"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_run_on_of_many_words_is_cut_and_none_of_it_lost() -> None:
    text = " ".join(f"word{n}" for n in range(500))
    assert " ".join(pieces(text)).split() == text.split()
    assert max(len(piece.split()) for piece in pieces(text)) <= 122


@given(st.text(max_size=300))
def test_every_character_but_blanks_stands_in_exactly_one_sentence(text: str) -> None:
    spans = list(split(text))
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    left = set(range(len(text))) - {at for start, end in spans for at in range(start, end)}
    assert all(text[at].isspace() for at in left)


def test_a_sentence_knows_the_question_and_heading_before_it() -> None:
    found = sentences(
        [
            passage("Complaints", "heading", "heading"),
            passage("Where do you log them?", why="printed question"),
            passage("In the red book."),
            passage("CRM", "heading", "heading"),
            passage("We use Zoho."),
        ]
    )
    assert [(one.text, one.context) for one in found] == [
        ("In the red book.", "Complaints Where do you log them?"),
        ("We use Zoho.", "CRM"),
    ]


def test_a_heading_says_nothing_of_what_stands_far_below_it() -> None:
    texts = [f"I did job number {number} that day." for number in range(REACH + 2)]
    found = sentences([passage("Complaints", "heading", "heading"), passage(" ".join(texts))])
    assert [one.context for one in found] == ["Complaints"] * REACH + ["", ""]


@pytest.mark.parametrize(
    "text",
    [
        "Nasi klienci wewnetrzni to koledzy z pracy, a klienci zewnetrzni to osoby, ktore kupuja nasze produkty.",
        "Mae ein cwsmeriaid mewnol yn gweithio gyda ni yn y swyddfa ac mae cwsmeriaid allanol yn prynu ein nwyddau.",
        "Los clientes internos son las personas que trabajan con nosotros y los externos son los que compran aqui.",
        "Unsere internen Kunden sind die Kollegen im Lager und die externen Kunden kaufen bei uns im Laden ein.",
    ],
)
def test_other_languages_are_told_from_english(text: str) -> None:
    assert not is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "wen a custamer complanes i lissen n rite it dwn in the log n tel my superviser who luks in 2 it",
        "In my work is two kind of customer, first is colleague and second is guest who come from outside",
        "My internal customers are the nurses who need the list typed up before the clinic starts at nine",
    ],
)
def test_english_as_learners_write_it_is_english(text: str) -> None:
    assert is_english(text)


def vocabulary() -> Vocabulary:
    english = {"compliant", "customers", "complaint", "we", "deny", "writing"}
    return Vocabulary({"complaint": ["complaint"], "log": ["write it down", "write them down"]}, english.__contains__)


def test_mentions_are_found_in_other_forms_and_small_misspellings() -> None:
    assert [mention.name for mention in vocabulary().find("Two complaints and a complant came.")] == ["complaint"] * 2


def test_another_english_word_is_no_misspelling() -> None:
    assert vocabulary().find("The form is compliant.") == []


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("We don't write them down.", True),
        ("we never write it down", True),
        ("If a customer isn't happy, we write it down.", False),
        ("We not only write it down but ring them.", False),
    ],
)
def test_negation_reaches_within_its_clause_only(text: str, denied: bool) -> None:
    (mention,) = (one for one in vocabulary().find(text) if one.name == "log")
    assert mention.negated is denied


def test_a_cell_knows_the_printed_heads_of_its_column_and_row() -> None:
    def cell(text: str, row: int, column: int, why: str | None = None) -> Passage:
        where = Location("a.docx", None, 1, f"table 1, row {row}, column {column}", 0, len(text))
        return Passage(text, where, "cell", why is None, why)

    found = sentences(
        [
            cell("External customer", 1, 2, "heading"),
            cell("What they need", 2, 1, "heading"),
            cell("a fair price", 2, 2),
        ]
    )
    assert [one.context for one in found] == ["External customer What they need"]


def test_an_endless_word_costs_no_more_than_its_length() -> None:
    text = "We log it. " + "(" * 200_000 + " Then we ring them."
    begin = time.perf_counter()
    assert pieces(text)[0] == "We log it."
    assert time.perf_counter() - begin < 2


def test_the_time_to_split_grows_with_the_length_and_not_with_its_square() -> None:
    def seconds(sentences: int) -> float:
        text = "We asked each driver what he needed. " * sentences
        begun = time.process_time()
        assert sum(1 for _ in split(text)) == sentences
        return time.process_time() - begun

    seconds(10)
    assert seconds(9_000) < 25 * min(seconds(1_000) for _ in range(3))


@pytest.mark.parametrize("text", ["It goes on card no. 14 at once.", "Date, patient no., and what was said."])
def test_the_full_stop_of_a_number_ends_no_sentence(text: str) -> None:
    assert len(list(split(text))) == 1
