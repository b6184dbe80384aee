import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marker.checks import Finding
from marker.criteria import MarkingPoint, Part, Verdict, load_rubric
from marker.decision import (
    Findings,
    Reading,
    Weights,
    at_least,
    chance_of,
    load_decision,
    logit,
    part_features,
    read_part,
    sentence_features,
    verdict_of,
)

PLAIN = Weights(
    sentence=(0, 1, 1), item=(0, 1, 0, 0), part=(0, 1, 0, 0), count=(0, 1, 0), verdict=(0, 1)
)  # the classifier's probability as it comes, with a bonus for a keyword


def point(name: str) -> MarkingPoint:
    rubric = "customer-relationships" if name.startswith("A") else "customer-relationships-ocnwm"
    return load_rubric(rubric).point(name)


def verdict(name: str, shown: str, some: str = "") -> Verdict:
    return verdict_of([(part, part.id in shown, part.id in some) for part in point(name).parts])


@pytest.mark.parametrize(
    ("name", "shown", "expected"),
    [
        ("A1", "abc", "met"),
        ("A1", "b", "partial"),
        ("A1", "", "not_met"),
        ("A8", "abc", "met"),
        ("A8", "c", "not_met"),  # (c) does not stand alone
        ("A8", "ab", "partial"),
        ("B4", "ab", "met"),
        ("B4", "t", "partial"),  # an explanation earns partial and no more
        ("B4", "at", "partial"),
    ],
)
def test_parts_make_the_verdict_by_the_rubrics_rule(name: str, shown: str, expected: Verdict) -> None:
    assert verdict(name, shown) == expected


def test_a_count_that_falls_short_earns_partial_where_the_rubric_says_so() -> None:
    assert verdict("B1", "", some="a") == "partial"
    assert verdict("B1", "a") == "met"


@given(st.lists(st.floats(0, 1), max_size=6), st.integers(1, 4))
def test_at_least_is_the_sum_over_all_outcomes(probabilities: list[float], needed: int) -> None:
    expected = 0.0
    for outcome in itertools.product((0, 1), repeat=len(probabilities)):
        if sum(outcome) >= needed:
            chance = 1.0
            for happened, probability in zip(outcome, probabilities, strict=True):
                chance *= probability if happened else 1 - probability
            expected += chance
    assert at_least(needed, probabilities) == pytest.approx(expected, abs=1e-9)


def test_a_denied_keyword_is_no_keyword() -> None:
    said = [Finding("classifier", 0, "A3.b", 0.5), Finding("keywords", 0, "A3.b", 1.0)]
    denied = [Finding("classifier", 0, "A3.b", 0.5), Finding("keywords", 0, "A3.b", 1.0, denied=True)]
    assert sentence_features(said) == (0, 1)
    assert sentence_features(denied) == (0, 0)


def test_more_sentences_that_may_show_a_part_make_it_likelier() -> None:
    assert part_features([0.6])[2] < part_features([0.6, 0.6])[2]
    assert part_features([]) == pytest.approx((logit(0.005), logit(0.005), logit(1e-4)))


def test_synonyms_of_one_need_count_once() -> None:
    b1 = point("B1")
    quick = [Finding("classifier", at, "B1.a:speed", 0.9) for at in range(3)]
    several = [Finding("classifier", 0, f"B1.a:{item}", 0.9) for item in ("speed", "cost", "courtesy")]
    once = read_part(b1, b1.parts[0], "B1.a", Findings(quick), PLAIN)
    thrice = read_part(b1, b1.parts[0], "B1.a", Findings(several), PLAIN)
    assert set(once.items) == {"speed"}
    assert once.shown < 0.5 <= once.some
    assert thrice.shown >= 0.5


def reading(part: Part, shown: float) -> Reading:
    return Reading(part, shown, 0.0, {}, {})


COMPLAINTS = point("A3").parts


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2))
def test_the_chances_of_the_three_verdicts_make_one(shown: list[float]) -> None:
    readings = [reading(part, one) for part, one in zip(COMPLAINTS, shown, strict=True)]
    verdicts: tuple[Verdict, ...] = ("met", "partial", "not_met")
    assert sum(chance_of(one, readings) for one in verdicts) == pytest.approx(1)


def test_the_shipped_decision_is_complete() -> None:
    decision = load_decision()
    assert 0 < decision.cite <= decision.shown < 1
    assert len(decision.trained.sentence) == len(decision.untrained.sentence) == 3
