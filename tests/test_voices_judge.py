"""The learned second opinion on whose words a line is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from marker.attribution import attribute
from marker.document import Document, Kind, Location, Passage
from marker.encoder import Vectors, load_encoder
from marker.resources import models_folder
from marker.voices.judge import ESTIMATORS, FEWEST, Judge, load_judge
from marker.voices.lines import lines
from marker.voices.pieces import Piece, joined, runs
from marker.voices.traits import traits


def passage(text: str, number: int, kind: Kind = "paragraph") -> Passage:
    return Passage(text, Location("kennels.txt", None, number, None, 0, len(text)), kind)


def piece(text: str, number: int = 1, why: str | None = None, kind: Kind = "paragraph", fixed: bool = False) -> Piece:
    one = passage(text, number, kind)
    return Piece(one.aside(why) if why else one, 0, len(text), why, fixed=fixed)


def attributed(*texts: str) -> list[Passage]:
    passages = tuple(passage(text, number) for number, text in enumerate(texts, 1))
    return list(attribute(Document("kennels.txt", "", "txt", passages), ()).document.passages)


class Says:
    """A regression that is of one opinion on everything."""

    classes_ = np.array(["heading", "own", "policy"])

    def __init__(self, *probabilities: float) -> None:
        self.probabilities = probabilities

    def transform(self, lines: list[Mapping[str, float]]) -> list[Mapping[str, float]]:
        return lines

    def predict_proba(self, lines: Sequence[object] | Vectors) -> list[tuple[float, ...]]:
        return [self.probabilities] * len(lines)


def judge_that_says(*probabilities: float, read: Sequence[float] = ()) -> Judge:
    says = Says(*probabilities)
    return Judge({"traits": says, "whose": says, "read": Says(*read or probabilities)}, least=0.5)


def judged(judge: Judge, pieces: Sequence[Piece]) -> list[Piece]:
    return judge.judge(pieces, np.zeros((len(pieces), 384), np.float32))


def test_a_learners_account_is_credited_line_by_line(account: tuple[str, ...]) -> None:
    assert all(one.credited for one in attributed(*account))


def test_what_is_surely_not_the_learners_is_set_aside_with_the_likeliest_reason(account: tuple[str, ...]) -> None:
    found = judged(judge_that_says(0.1, 0.2, 0.7), [piece(text, n) for n, text in enumerate(account)])
    assert {one.why for one in found} == {"pasted policy"}


def test_two_opinions_weigh_alike(account: tuple[str, ...]) -> None:
    pieces = [piece(text, n) for n, text in enumerate(account)]
    vectors = np.zeros((len(pieces), 384), np.float32)
    found = judge_that_says(0.1, 0.8, 0.1, read=(0.25, 0.5, 0.25)).probabilities(pieces, vectors)
    assert found[0] == pytest.approx([0.2, 0.8, 0.2] / np.array(1.2), abs=0.01)


def test_a_reason_given_by_the_rules_stands_where_the_judge_agrees(account: tuple[str, ...]) -> None:
    pieces = [piece(text, n, "witness statement") for n, text in enumerate(account)]
    assert {one.why for one in judged(judge_that_says(0.1, 0.2, 0.7), pieces)} == {"witness statement"}


def test_a_reason_given_by_the_rules_stands_unless_the_judge_is_sure_of_the_learner(account: tuple[str, ...]) -> None:
    doubtful = replace(judge_that_says(0.3, 0.4, 0.3), least=0.1)
    suspected = [piece(text, n, "printed question") for n, text in enumerate(account)]
    plain = [piece(text, n) for n, text in enumerate(account)]
    assert {one.why for one in judged(doubtful, suspected)} == {"printed question"}
    assert {one.why for one in judged(doubtful, plain)} == {None}


def test_what_only_looked_like_a_heading_becomes_a_paragraph_again(account: tuple[str, ...]) -> None:
    pieces = [piece(text, n, "heading", "heading") for n, text in enumerate(account)]
    found = [joined(run) for run in runs(judged(judge_that_says(0.1, 0.9, 0.0), pieces))]
    assert {(one.kind, one.credited, one.why) for one in found} == {("paragraph", True, None)}


@pytest.mark.parametrize("why", ["marking point copied", "not in English", "another speaker: Dilys", "declaration"])
def test_what_the_rules_are_sure_of_is_not_overruled(why: str, account: tuple[str, ...]) -> None:
    pieces = [piece(text, n, why) for n, text in enumerate(account)]
    assert judged(judge_that_says(0.0, 1.0, 0.0), pieces) == pieces


def test_what_the_reader_set_aside_is_not_overruled(account: tuple[str, ...]) -> None:
    pieces = [piece(text, n, "heading", "heading", fixed=True) for n, text in enumerate(account)]
    assert judged(judge_that_says(0.0, 1.0, 0.0), pieces) == pieces


def test_what_stands_apart_from_the_text_is_left_to_its_reader(account: tuple[str, ...]) -> None:
    pieces = [piece(text, n, kind="footnote") for n, text in enumerate(account)]
    assert judged(judge_that_says(1.0, 0.0, 0.0), pieces) == pieces


def test_a_few_lines_are_left_to_the_rules(account: tuple[str, ...]) -> None:
    pieces = [piece(text, n) for n, text in enumerate(account)][: FEWEST - 1]
    assert judged(judge_that_says(1.0, 0.0, 0.0), pieces) == pieces


def test_sentences_of_a_paragraph_are_joined_again_where_they_are_judged_alike() -> None:
    text = "I feed the cats at six. I wash the bowls. Staff shall wear gloves."
    whole = piece(text)
    pieces = [replace(whole, end=24), replace(whole, start=24, end=42), replace(whole, start=42, why="pasted policy")]
    own, policy = map(joined, runs(pieces))
    assert (own.text, own.credited) == ("I feed the cats at six. I wash the bowls. ", True)
    assert (policy.text, policy.why) == ("Staff shall wear gloves.", "pasted policy")


def test_names_and_numbers_are_no_traits() -> None:
    [found] = traits([piece("On Monday Dilys rang Brackenfield about order 48213.")])
    assert not [name for name in found if any(word in name.lower() for word in ("dilys", "bracken", "48213"))]


def test_a_cell_is_read_with_what_heads_its_column_and_its_row() -> None:
    rows = (("Stage", "Your answer"), ("Logging", "I write it in the red book"))
    pieces = [
        Piece(
            Passage(text, Location("kennels.docx", None, 1, f"table 1, row {r}, column {c}", 0, len(text)), "cell"),
            0,
            len(text),
        )
        for r, row in enumerate(rows, 1)
        for c, text in enumerate(row, 1)
    ]
    heads = [{name for name in found if name.startswith(("under ", "beside "))} for found in traits(pieces)]
    assert heads == [set(), {"beside stage"}, {"under stage"}, {"under your", "under answer", "beside logging"}]


STAGES = (("Receive", "so they feel heard"), ("Log", "so we dont forget"), ("Reply", "or they get crosser"))


def table(*rows: tuple[str, ...]) -> list[Passage]:
    cells = [
        replace(
            passage(text, 0, "cell"), location=Location("kennels.docx", None, 0, f"table 1, row {r}, column {c}", 0, 9)
        )
        for r, row in enumerate(rows, 1)
        for c, text in enumerate(row, 1)
    ]
    opening = passage("I filled in the table about what we do at the kennels.", 1)
    return list(attribute(Document("kennels.docx", "", "docx", (opening, *cells)), ()).document.passages)


def test_the_first_row_of_a_table_heads_it_as_a_whole_or_not_at_all() -> None:
    assert [one.why for one in table(("Step", "Why you should bother"), *STAGES)] == [
        None,
        "heading",
        "heading",
        *[None] * 6,
    ]
    assert [one.why for one in table(*STAGES)] == [None] * 7


def test_what_a_customer_wrote_into_a_cell_is_set_aside_though_no_head_says_so() -> None:
    complaints = (
        "This kettle leaks!!! I want my money back and an apology.",
        "You people never ring back. I shall be taking my custom elsewhere.",
        "My dog has had two of your collars and both have snapped, please advise.",
    )
    done = ("I said sorry and swapped it for him.", "I rang her the same day.", "Gave her the strong one.")
    rows = zip(("3 May", "9 May", "12 May"), complaints, done, strict=True)
    found = table(("When", "What was wrong", "What I did"), *rows)
    assert [one.text for one in found if one.why == "quoted customer"] == list(complaints)
    assert {one.text for one in found if one.credited} >= set(done)


def test_the_same_document_is_judged_the_same_way(account: tuple[str, ...]) -> None:
    pieces = [piece(text, n) for n, text in enumerate(account)]
    vectors = load_encoder().encode(lines(pieces).lines).vectors
    assert (load_judge().probabilities(pieces, vectors) == load_judge().probabilities(pieces, vectors)).all()


def test_the_shipped_judge_is_small() -> None:
    assert (models_folder() / ESTIMATORS).stat().st_size <= 2_500_000
