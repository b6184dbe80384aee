"""Where a text is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from marker.seams import runs

BAKERY = ("The bakery opens at six.", "Our bakery sells bread.", "Bread goes stale.", "Stale bread is half price.")
GARAGE = ("The garage does tyres.", "Tyres wear out.", "Worn tyres fail the test.", "The test is at the garage.")


def cut(texts: tuple[str, ...], room: int, fresh: tuple[int, ...] = ()) -> list[tuple[int, int]]:
    count = len(texts)
    return [*runs(texts, [1] * count, [True] * count, [at in fresh for at in range(count)], room)]


def test_a_text_is_cut_where_its_subject_changes() -> None:
    assert cut(BAKERY + GARAGE, 7) == [(0, 4), (4, 8)]


def test_a_text_that_has_room_is_not_cut() -> None:
    assert cut(BAKERY + GARAGE, 8) == [(0, 8)]


def test_a_run_begins_wherever_one_must() -> None:
    assert cut(BAKERY + GARAGE, 8, fresh=(2,)) == [(0, 2), (2, 8)]


def test_a_passage_is_cut_only_where_no_other_seam_is_within_reach() -> None:
    texts = BAKERY + GARAGE
    begins = [at in (0, 2) for at in range(8)]
    assert [*runs(texts, [1] * 8, begins, [False] * 8, 7)] == [(0, 2), (2, 8)]
    assert next(runs(texts[2:], [1] * 6, begins[2:], [False] * 6, 5)) == (0, 2)


def test_what_stands_in_front_leaves_later_cuts_where_they_were() -> None:
    pages = (*GARAGE, *BAKERY) * 3
    alone = {pages[first:end] for first, end in cut(pages, 6)}
    behind = {pages[first - 1 : end - 1] for first, end in cut(("Good morning.", *pages), 6)}
    assert len(alone & behind) >= len(alone) - 1


@given(st.data(), st.lists(st.text(max_size=30), max_size=30), st.integers(1, 20))
def test_every_line_is_in_one_run_that_has_room_for_it(data: st.DataObject, texts: list[str], room: int) -> None:
    sizes = data.draw(st.lists(st.integers(1, 9), min_size=len(texts), max_size=len(texts)))
    begins, fresh = (data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))) for _ in range(2))
    found = [*runs(texts, sizes, begins, fresh, room)]
    assert [at for first, end in found for at in range(first, end)] == [*range(len(texts))]
    for first, end in found:
        assert end - first == 1 or sum(sizes[first:end]) <= room
        assert not any(fresh[first + 1 : end])
