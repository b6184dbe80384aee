from dataclasses import replace

import pytest

from marker.compare import Change, Comparison, compare
from marker.criteria import Part, Rubric, load_rubric
from marker.document import Document, Location, Passage, Submission
from marker.marking import Evidence, Marking, PartMarking, PointMarking

SAID = "I write it in the book."


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return load_rubric("customer-relationships-ocnwm")


def evidence(text: str, paragraph: int = 1) -> Evidence:
    return Evidence(text, Location("essay.txt", None, paragraph, None, 0, len(text)), ("classifier",))


def part_marking(part: Part, quotes: tuple[str, ...], *, shown: bool, items: tuple[str, ...] = ()) -> PartMarking:
    found = tuple(map(evidence, quotes))
    return PartMarking(part, shown, 0.9, found, None, tuple((item, found[0]) for item in items))


def marking(rubric: Rubric, point: str, part: PartMarking, *texts: str) -> Marking:
    """A marking of one point of which only the first part matters, over a submission of the texts given."""
    marked = rubric.point(point)
    parts = (part, *(part_marking(other, (), shown=False) for other in marked.parts[1:]))
    one = PointMarking(marked, "partial", "part found", 0.9, None, parts, (), ())
    passages = tuple(Passage(text, evidence(text, n).location, "paragraph") for n, text in enumerate(texts, 1))
    submission = Submission("essay", (Document("essay.txt", "a" * 64, "txt", passages),))
    return Marking(rubric, submission, (one,), (), (), {})


def compared(rubric: Rubric, old: PartMarking, new: PartMarking, *, point: str = "B2") -> Change:
    (comparison,) = compare([marking(rubric, point, old)], [marking(rubric, point, new)])
    return comparison.points[0].parts[0].change


def test_part_shown_only_in_the_new_version_is_gained_and_the_other_way_lost(rubric: Rubric) -> None:
    part = rubric.point("B2").parts[0]
    without, within = part_marking(part, (), shown=False), part_marking(part, (SAID,), shown=True)
    assert compared(rubric, without, within) == "gained"
    assert compared(rubric, within, without) == "lost"
    assert compared(rubric, within, within) == compared(rubric, without, without) == "unchanged"


def test_other_sentences_for_a_part_still_shown_change_nothing(rubric: Rubric) -> None:
    part = rubric.point("B2").parts[0]
    one, two = part_marking(part, (SAID,), shown=True), part_marking(part, ("We log it.", SAID), shown=True)
    assert compared(rubric, one, two) == "unchanged"


def test_count_reached_further_is_gained_though_not_yet_enough(rubric: Rubric) -> None:
    part = rubric.point("B1").parts[0]
    one = part_marking(part, (SAID,), shown=False, items=("speed",))
    two = part_marking(part, (SAID,), shown=False, items=("speed", "cost"))
    enough = part_marking(part, (SAID,), shown=True, items=("speed", "cost", "quality"))
    more = part_marking(part, (SAID,), shown=True, items=("speed", "cost", "quality", "access"))
    assert compared(rubric, one, two, point="B1") == "gained"
    assert compared(rubric, two, one, point="B1") == "lost"
    assert compared(rubric, two, enough, point="B1") == "gained"
    assert compared(rubric, more, enough, point="B1") == "unchanged"


def lost(rubric: Rubric, *texts: str) -> Comparison:
    part = rubric.point("B2").parts[0]
    old = marking(rubric, "B2", part_marking(part, (SAID,), shown=True))
    new = marking(rubric, "B2", part_marking(part, (), shown=False), *texts)
    return compare([old], [new])[0]


def test_sentence_of_a_lost_part_that_still_stands_is_pointed_at(rubric: Rubric) -> None:
    (kept,) = lost(rubric, "Hello.", "First, i  write it in the BOOK. Then I go.").points[0].parts[0].kept
    assert kept.evidence.quote == SAID
    assert kept.location.paragraph == 2


def test_sentence_taken_out_or_grown_into_another_is_not(rubric: Rubric) -> None:
    for text in ("Hello.", "I write it in the book.ish", "Hi write it in the book."):
        assert not lost(rubric, text).points[0].parts[0].kept


def test_versions_marked_under_other_rubrics_cannot_be_compared(rubric: Rubric) -> None:
    one = marking(rubric, "B2", part_marking(rubric.point("B2").parts[0], (), shown=False))
    with pytest.raises(ValueError, match="zip"):
        compare([one], [one, one])
    with pytest.raises(ValueError, match="zip"):
        compare([one], [replace(one, points=())])
