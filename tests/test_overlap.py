from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marker.criteria import load_rubric
from marker.document import Location, Passage
from marker.errors import MarkerError
from marker.overlap import MANY, RUN, WINDOW, Overlap, Work, class_overlap, find_overlap

STORY = "when the lady with the red coat came back I took her to the small room and listened until she had finished"
HANDOUT = "a stakeholder is anybody who has an interest in how the business does and who can be touched by what it does"


def work(learner: str, *texts: str) -> Work:
    places = (Location(f"{learner}.txt", None, n, None, 0, len(text)) for n, text in enumerate(texts, 1))
    return Work(learner, tuple(Passage(text, place, "paragraph") for text, place in zip(texts, places, strict=True)))


def own(learner: str) -> str:
    """Twenty words that nobody else has."""
    return " ".join(f"{learner}own{n}" for n in range(20))


def quotes(overlap: Overlap) -> list[tuple[tuple[str, str], list[tuple[str, ...]]]]:
    return [(pair.learners, [tuple(p.text for p in one.first) for one in pair.shared]) for pair in overlap.pairs]


def test_shared_run_is_found_with_both_places() -> None:
    first, second = work("A", own("A"), f"At work, {STORY}. Then I left."), work("B", f"One day {STORY}!", own("B"))
    (pair,) = find_overlap([first, second]).pairs
    (shared,) = pair.shared
    assert pair.learners == ("A", "B")
    assert shared.first[0].text == shared.second[0].text == STORY
    assert shared.first[0].location == Location("A.txt", None, 2, None, 9, 9 + len(STORY))
    assert shared.second[0].location == Location("B.txt", None, 1, None, 8, 8 + len(STORY))


def test_capitals_punctuation_and_apostrophes_do_not_hide_a_run() -> None:
    second = STORY.replace("coat came", "coat, came").replace("I took", "I TOOK").upper()
    (pair,) = find_overlap([work("A", STORY + " that’s it"), work("B", second + " That's it")]).pairs
    assert pair.shared[0].second[0].text == second + " That's it"


def test_fewer_words_in_a_row_are_no_question() -> None:
    words = STORY.split()[: RUN - 1]
    run = " ".join(words)
    assert not find_overlap([work("A", own("A"), run, own("A2")), work("B", own("B"), run, own("B2"))]).pairs


def test_list_of_short_items_is_one_run_with_the_place_of_each() -> None:
    items = ("ring them back", "write it in the book", "tell the boss", "send a card", "check a week later")
    (pair,) = find_overlap([work("A", own("A"), *items), work("B", *items, own("B"))]).pairs
    (shared,) = pair.shared
    assert tuple(passage.text for passage in shared.first) == items
    assert [passage.location.paragraph for passage in shared.first] == [2, 3, 4, 5, 6]
    assert [passage.location.paragraph for passage in shared.second] == [1, 2, 3, 4, 5]


def test_two_learners_of_a_small_class_are_enough() -> None:
    for size in (2, 3, 4):
        works = [work("A", STORY), work("B", STORY), *(work(f"C{n}", own(f"C{n}")) for n in range(size - 2))]
        assert quotes(find_overlap(works)) == [(("A", "B"), [(STORY,)])]


def test_wording_that_most_learners_share_is_named_once_and_makes_no_pairs() -> None:
    works = [work(f"L{n}", HANDOUT, own(f"L{n}")) for n in range(8)]
    overlap = find_overlap(works)
    assert not overlap.pairs
    (common,) = overlap.common
    assert (common.learner, common.learners) == ("L0", 8)
    assert common.passages[0].text in HANDOUT


def test_wording_that_very_many_of_a_large_class_share_makes_no_pairs() -> None:
    works = [work(f"L{n}", *([HANDOUT] if n <= MANY else []), own(f"L{n}")) for n in range(10 * MANY)]
    overlap = find_overlap(works)
    assert not overlap.pairs
    assert [common.learners for common in overlap.common] == [MANY + 1]


def test_own_words_beside_common_wording_are_found_without_it() -> None:
    works = [work(f"L{n}", f"{HANDOUT} {STORY if n < 2 else own(f'L{n}')}") for n in range(8)]
    ((learners, [(run,)]),) = quotes(find_overlap(works))
    assert learners == ("L0", "L1")
    assert run.endswith(STORY)
    assert len(run.split()) < len(STORY.split()) + 5


def test_what_was_given_is_left_out_and_not_mentioned() -> None:
    overlap = find_overlap([work("A", HANDOUT), work("B", HANDOUT)], given=[HANDOUT])
    assert overlap == Overlap(("A", "B"), (), ())


def test_empty_work_shares_nothing() -> None:
    assert find_overlap([]) == Overlap((), (), ())
    assert not find_overlap([work("A"), work("B", ""), work("C", "a")]).pairs


WORDS = st.lists(st.sampled_from("the a customer asks and I say yes no İx ’ó't".split()), max_size=60)


@given(WORDS, WORDS, WORDS)
def test_every_quote_stands_at_its_place_and_says_the_same_in_both(a: list[str], b: list[str], both: list[str]) -> None:
    works = [work("A", " ".join([*a, *both]), ". ".join(a)), work("B", ", ".join([*b, *both, *a]))]
    for pair in find_overlap(works).pairs:
        for shared in pair.shared:
            for side, whole in ((shared.first, works[0]), (shared.second, works[1])):
                for passage in side:
                    text = whole.passages[(passage.location.paragraph or 0) - 1].text
                    assert text[passage.location.start : passage.location.end] == passage.text
            first, second = (" ".join(p.text for p in side).replace(",", "") for side in (shared.first, shared.second))
            assert first.replace(".", "").split() == second.replace(".", "").split()


@given(st.lists(st.integers(0, 50), max_size=80), st.integers(0, 40), st.integers(0, 40))
def test_a_run_is_found_wherever_it_stands(noise: list[int], at: int, there: int) -> None:
    first, second = [f"a{n}" for n in noise], [f"b{n}" for n in noise]
    first[at:at], second[there:there] = STORY.split()[:RUN], STORY.split()[:RUN]
    assert quotes(find_overlap([work("A", " ".join(first)), work("B", " ".join(second))])) == [
        (("A", "B"), [(" ".join(STORY.split()[:RUN]),)])
    ]


def test_class_is_read_one_file_or_folder_a_learner(tmp_path: Path) -> None:
    rubric = load_rubric("customer-relationships")
    said = f"In my shop, {STORY}. We do this a lot."
    (tmp_path / "Ann.txt").write_text(f"{rubric.points[0].text}\n\n{said}\n", encoding="utf-8")
    (tmp_path / "Ben").mkdir()
    (tmp_path / "Ben" / "log.txt").write_text(f"{said}\n\n{rubric.points[0].text}\n", encoding="utf-8")
    (tmp_path / "Cas.docx").write_bytes(b"")
    overlap = class_overlap(tmp_path, [rubric])
    assert quotes(overlap) == [(("Ann", "Ben"), [(said.rstrip("."),)])]
    assert overlap.pairs[0].shared[0].second[0].location.file == "log.txt"
    assert [learner for learner, _ in overlap.unread] == ["Cas"]


def test_task_sheet_is_nobodys_own(tmp_path: Path) -> None:
    for learner in ("Ann", "Ben"):
        (tmp_path / f"{learner}.txt").write_text(f"My answer is that {HANDOUT} and so on.", encoding="utf-8")
    assert class_overlap(tmp_path, []).pairs
    assert not class_overlap(tmp_path, [], [HANDOUT]).pairs


def test_one_learner_is_no_class(tmp_path: Path) -> None:
    (tmp_path / "Ann.txt").write_text(STORY, encoding="utf-8")
    with pytest.raises(MarkerError, match="at least two learners"):
        class_overlap(tmp_path, [])
    with pytest.raises(MarkerError, match="no such folder"):
        class_overlap(tmp_path / "nowhere", [])


@pytest.mark.parametrize("cut", range(WINDOW**2))  # one of them has fingerprints that touch the border
def test_common_wordings_that_meet_where_one_learner_ends_and_the_next_begins_are_both_named(cut: int) -> None:
    last, first = HANDOUT.rsplit(" ", cut % WINDOW)[0], STORY.split(" ", cut // WINDOW)[-1]
    works = [work("L0", own("L0"), last), *(work(f"L{n}", first, own(f"L{n}"), last) for n in range(1, 8))]
    assert [(common.learner, common.learners) for common in find_overlap(works).common] == [("L0", 8), ("L1", 7)]
