"""How fast `marker batch` is, beside a plain encoder and a loop that starts the command once a file.

`python -m benchmarks.batch [--learners 1000] [--part 100] [--words 1500] [--keep FOLDER]` generates a class of
submissions of that many words, half Word and half PDF, from sentences written for the project, with 2% broken files. It
runs the command on `part` of them with one process and with two, then on all of them with two, and prints for each the
submissions a minute and the most memory that a worker took.

The yardstick, in the same run: the shipped encoder (a 6-layer MiniLM in int8) reads every sentence of the same
submissions once, each alone, in one thread. docs/scale.md holds the figures.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from docx import Document as WordDocument
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from marker.criteria import load_rubric
from marker.encoder import Line, load_encoder
from marker.extract import read
from marker.language import split
from training.labelled import read_folder

ROOT = Path(__file__).resolve().parent.parent
RUBRIC = "customer-relationships"
BROKEN = 50  # one file in so many is broken
YARDSTICK = 40  # submissions that the yardstick reads
NAIVE = 5  # submissions that the naive loop reads

Block = tuple[str, str]  # a heading and a paragraph


@dataclass(frozen=True)
class Run:
    """One run of the command: seconds, processor time of all its processes, the most memory of one worker in MB."""

    learners: int
    seconds: float
    processor: float
    memory: float

    @property
    def a_minute(self) -> float:
        """Submissions a minute."""
        return self.learners / self.seconds * 60


def generate(folder: Path, learners: int, words: int) -> None:
    """Write the class; the same files in every run."""
    folder.mkdir(parents=True)
    sentences = [[line.text for line in text.own] for text in read_folder(ROOT / "training" / "passages")]
    questions = [part.question for point in load_rubric(RUBRIC).points for part in point.parts]
    for number in range(learners):
        blocks = list(_blocks(random.Random(number), sentences, questions, words))
        suffix, data = ("docx", _word(number, blocks)) if number % 2 else ("pdf", _pdf(number, blocks))
        broken = number % BROKEN == BROKEN // 2
        (folder / f"Learner {number:05}.{suffix}").write_bytes(data[: len(data) // 3] if broken else data)


def _blocks(chance: random.Random, sentences: list[list[str]], questions: list[str], words: int) -> Iterator[Block]:
    while words > 0:
        paragraph: list[str] = []
        while len(" ".join(paragraph).split()) < 80:
            paragraph += chance.choice(sentences)
        text = " ".join(paragraph)
        words -= len(text.split())
        yield chance.choice(questions), text


def _word(number: int, blocks: list[Block]) -> bytes:
    document = WordDocument()
    document.add_paragraph(f"Learner: Learner {number:05}   Unit: 4")
    for heading, text in blocks:
        document.add_heading(heading, 2)
        document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _pdf(number: int, blocks: list[Block]) -> bytes:
    styles = getSampleStyleSheet()
    story = [Paragraph(f"Learner: Learner {number:05}", styles["Normal"]), Spacer(1, 12)]
    for heading, text in blocks:
        plain = text.replace("&", "&amp;").replace("<", "&lt;")
        story += [Paragraph(heading, styles["Heading2"]), Paragraph(plain, styles["Normal"])]
    buffer = BytesIO()
    SimpleDocTemplate(buffer, invariant=1).build(story)
    return buffer.getvalue()


def run(folder: Path, output: Path, jobs: int) -> Run:
    """Run the command as a user does, and watch its processes."""
    command = [sys.executable, str(ROOT / "cli.py"), "batch", str(folder), "--rubric", RUBRIC, "--output", str(output)]
    begun = time.perf_counter()
    process = psutil.Popen([*command, "--jobs", str(jobs)], stderr=subprocess.DEVNULL)
    memory: dict[int, float] = {}
    processor: dict[int, float] = {}
    while process.poll() is None:
        with suppress(psutil.NoSuchProcess):
            for one in (process, *process.children(recursive=True)):
                memory[one.pid] = max(memory.get(one.pid, 0.0), one.memory_info().rss / 1e6)
                processor[one.pid] = sum(one.cpu_times()[:2])
        time.sleep(0.2)
    if process.returncode:
        raise SystemExit(f"the batch failed with {process.returncode}")
    learners, seconds = len(list(folder.iterdir())), time.perf_counter() - begun
    del memory[process.pid]
    return Run(learners, seconds, sum(processor.values()), max(memory.values()))


def yardstick(folder: Path) -> tuple[float, float]:
    """Seconds and processor time a submission that the encoder takes for all its sentences, each alone."""
    encoder = load_encoder()
    encoder.encode([Line("Warm up.")])
    files = [file for number, file in enumerate(sorted(folder.iterdir())) if number % BROKEN != BROKEN // 2]
    chosen = files[:YARDSTICK]
    texts = [p.text[start:end] for file in chosen for p in read(file).passages for start, end in split(p.text)]
    begun, busy = time.perf_counter(), time.process_time()
    for text in texts:
        encoder.encode([Line(text)])
    return (time.perf_counter() - begun) / len(chosen), (time.process_time() - busy) / len(chosen)


def naive(folder: Path, output: Path) -> float:
    """Seconds a submission where the command is started once a file."""
    files = sorted(folder.iterdir())[:NAIVE]
    begun = time.perf_counter()
    for file in files:
        report = str(output / f"{file.stem}.html")
        command = [sys.executable, str(ROOT / "cli.py"), "mark", str(file), "--rubric", RUBRIC, "--output", report]
        subprocess.run(command, check=True)  # noqa: S603
    return (time.perf_counter() - begun) / len(files)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--part", type=int, default=100)
    parser.add_argument("--words", type=int, default=1500, help="of a submission")
    parser.add_argument("--keep", type=Path, help="an empty folder for the class and its output")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(options.keep or Path(temporary), options.learners, options.part, options.words)


def measure(place: Path, learners: int, part: int, words: int) -> None:
    generate(place / "part", part, words)
    generate(place / "class", learners, words)
    plain, plain_busy = yardstick(place / "part")
    one, two = (run(place / "part", place / f"out-{jobs}", jobs) for jobs in (1, 2))
    whole = run(place / "class", place / "out", 2)
    loop = naive(place / "part", place)
    print(f"the encoder alone: {plain:.3f} seconds a submission")
    for name, result in (("one worker", one), ("two workers", two), ("two workers", whole)):
        print(
            f"{name}, {result.learners} submissions: {result.seconds:.0f} s, {result.a_minute:.0f} a minute, "
            f"{result.processor:.0f} s of processor time, at most {result.memory:.0f} MB a worker"
        )
    print(
        f"one worker beside the encoder alone: {one.seconds / one.learners / plain:.2f} times; in processor time, "
        f"which other programs on the machine do not change, {one.processor / one.learners / plain_busy:.2f} times"
    )
    print(f"two workers beside one: {one.seconds / two.seconds:.2f} times as fast")
    print(f"starting the command once a file: {loop / (one.seconds / one.learners):.1f} times as long as one worker")


if __name__ == "__main__":
    main()
