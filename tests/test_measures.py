import numpy as np
import pytest

from marker.measures import Tally, intervals, matched, measures


def tally(confusion: list[list[int]]) -> Tally:
    return Tally(confusion=np.array(confusion, float), unreferred=np.array(confusion, float))


def test_verdict_measures_of_a_confusion_worked_out_by_hand() -> None:
    found = measures(tally([[6, 2, 2], [1, 4, 0], [1, 0, 4]]))
    assert found["accuracy"] == pytest.approx(14 / 20)
    assert found["false_met"] == pytest.approx(2 / 10)
    assert found["false_not_met"] == pytest.approx(1 / 5)
    assert found["overstated"] == pytest.approx(4 / 20)
    assert found["understated"] == pytest.approx(2 / 20)
    assert found["macro_f1"] == pytest.approx((12 / 18 + 8 / 11 + 8 / 11) / 3)


def test_kappa_agrees_with_scikit_learn() -> None:
    from sklearn.metrics import cohen_kappa_score

    confusion = [[6, 2, 2], [1, 4, 0], [1, 0, 4]]
    labelled = [row for row in range(3) for column in range(3) for _ in range(confusion[row][column])]
    said = [column for row in range(3) for column in range(3) for _ in range(confusion[row][column])]
    expected = cohen_kappa_score(labelled, said, weights="quadratic")
    assert measures(tally(confusion))["kappa"] == pytest.approx(expected)


def test_nothing_to_divide_by_is_not_a_figure() -> None:
    assert all(np.isnan(value) for value in measures(Tally()).values())


def test_calibration_error_is_the_mean_gap_between_confidence_and_accuracy() -> None:
    bins = np.zeros((10, 3))
    bins[9] = 4, 3.8, 3
    bins[5] = 2, 1.1, 1
    assert measures(Tally(bins=bins))["calibration_error"] == pytest.approx((0.8 + 0.1) / 6)


def test_quotes_and_labelled_sentences_match_one_to_one_best_first() -> None:
    labelled = ["we write it in the red book", "we pass it to the manager"]
    assert matched(["we write it in the red book.", "we write it in the red book now"], labelled) == 1
    assert matched(["We pass it to the manager", "we write it in the red book"], labelled) == 2
    assert matched(["something else altogether"], labelled) == 0
    assert matched([], labelled) == 0


def test_intervals_hold_the_value_and_do_not_change_from_run_to_run() -> None:
    tallies = [tally([[2, 0, 0], [0, 1, 0], [0, 0, 1]]), tally([[1, 1, 0], [0, 1, 0], [0, 1, 0]])] * 5
    value = measures(sum(tallies, Tally()))["accuracy"]
    low, high = intervals(tallies)[0]
    assert low <= value <= high
    np.testing.assert_array_equal(intervals(tallies), intervals(tallies))
