from io import StringIO

import pytest

from marker.batch import progress as subject
from marker.batch.progress import progress
from marker.batch.work import Done


class Clock:
    """Seconds that pass only when a test says so."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(subject, "time", clock)
    return clock


def said(clock: Clock, steps: list[tuple[float, Done]], total: int) -> list[str]:
    """The plain lines of a batch in which learners are done after so many seconds each."""
    stream = StringIO()
    with progress(total, stream) as watch:
        for seconds, done in steps:
            clock.now += seconds
            watch(done)
    return stream.getvalue().splitlines()


def test_start_up_is_not_in_the_rate_nor_in_the_time_left(clock: Clock) -> None:
    steps = [(60.0, Done("a")), (1.0, Done("b")), (15.0, Done("c"))]
    assert said(clock, steps, 40) == ["1 of 40 learners", "3 of 40 learners, 5 minutes left (8 a minute)"]


def test_what_was_done_before_counts_as_done_and_not_in_the_rate(clock: Clock) -> None:
    steps = [(0.1, Done("a", kept=True)), (0.1, Done("b", kept=True)), (5.0, Done("c")), (20.0, Done("d"))]
    assert said(clock, steps, 5)[-1] == "4 of 5 learners, 20 seconds left (3 a minute)"


def test_a_failure_is_said_at_once_with_its_reason(clock: Clock) -> None:
    assert said(clock, [(0.0, Done("a", failed="a.docx: damaged"))], 9) == ["a: a.docx: damaged"]
