"""How far a batch is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

import click
from click._termui_impl import ProgressBar

from marker.batch.work import Done

EVERY = 15.0  # seconds between two plain lines

Watch = Callable[[Done], None]


@contextmanager
def progress(total: int, stream: TextIO | None = None) -> Iterator[Watch]:
    """What to call with each learner that is done, and with what failed it says why at once."""
    stream = stream or sys.stderr
    if stream.isatty():
        with _bar(total, stream) as watch:
            yield watch
    else:
        yield _lines(total, stream)


@contextmanager
def _bar(total: int, stream: TextIO) -> Iterator[Watch]:
    rate = _Rate()
    bar: ProgressBar[int] = click.progressbar(
        length=total, file=stream, label="Marking", show_pos=True, item_show_func=lambda _: rate.words(), width=30
    )

    def watch(done: Done) -> None:
        rate.add(done)
        if done.failed:
            stream.write("\r\x1b[K")
            click.echo(f"{done.id}: {done.failed}", file=stream)
        bar.update(1)

    with bar:
        yield watch


def _lines(total: int, stream: TextIO) -> Watch:
    rate = _Rate()
    said = time.monotonic()

    def watch(done: Done) -> None:
        nonlocal said
        rate.add(done)
        if done.failed:
            click.echo(f"{done.id}: {done.failed}", file=stream)
        now = time.monotonic()
        if rate.done == total or now - said >= EVERY:
            said = now
            left = "" if rate.done == total else rate.left(total)
            where = ", ".join(filter(None, (f"{rate.done} of {total} learners", left)))
            click.echo(f"{where} {rate.words()}".rstrip(), file=stream)

    return watch


class _Rate:
    """Learners a minute from the first one marked on: neither start-up nor what was done before counts."""

    def __init__(self) -> None:
        self.done = 0
        self._marked = 0
        self._first = 0.0  # seconds, when the first learner was marked

    def add(self, done: Done) -> None:
        self.done += 1
        if not done.kept:
            self._first = self._first or time.monotonic()
            self._marked += 1

    @property
    def _a_second(self) -> float:
        return (self._marked - 1) / max(time.monotonic() - self._first, 1e-3)

    def words(self) -> str:
        return f"({self._a_second * 60:.0f} a minute)" if self._marked > 1 else ""

    def left(self, total: int) -> str:
        """The time for the rest at that rate; nothing while there is none."""
        if self._marked < 2:
            return ""
        seconds = (total - self.done) / self._a_second
        return f"{seconds / 60:.0f} minutes left" if seconds >= 90 else f"{seconds:.0f} seconds left"
