"""How often the learner's own words are set aside, and other people's credited.

`python -m benchmarks.whose_words [--show]` measures on the labelled training submissions, laid out with a line a
paragraph and with sentences joined, on the development set `training/voices/`, and on the measuring set
`benchmarks/whose_words/*.txt`, which nothing was tuned to.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from marker.attribution import attribute
from marker.criteria import bundled, load_rubric
from marker.document import Document
from marker.readers.text import read_text
from training.labelled import OWN, read_folder

ROOT = Path(__file__).resolve().parent
_NUMBER = re.compile(r"\(?(?:\d{1,2}[.)]|[a-z]\)|[ivx]{1,4}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line: `own` words or not, and then whose; `shows` when it is evidence.

    Only lines of the kind "sentence" are joined to paragraphs. `begins` a table's "row" or "cell", or goes on.
    """

    text: str
    own: bool
    shows: bool
    kind: str = "sentence"
    whose: str = ""
    begins: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled submission: its title and its paragraphs."""

    title: str
    paragraphs: tuple[tuple[Line, ...], ...]

    @property
    def lines(self) -> list[Line]:
        """Its lines in order, without empty cells."""
        return [line for paragraph in self.paragraphs for line in paragraph if line.text]


def training() -> Iterator[Labelled]:
    """The training submissions."""
    for text in read_folder(ROOT.parent / "training" / "submissions"):
        paragraphs = []
        for _, group in groupby(text.lines, key=lambda line: line.paragraph):
            paragraphs.append(tuple(Line(one.text, one.kind in OWN, bool(one.tags), one.kind) for one in group))
        yield Labelled(text.id, tuple(paragraphs))


def voices(folder: Path) -> Iterator[Labelled]:
    """The files of a set: lines `O|text` and `X|reason|text`, blank lines between paragraphs.

    In a table `||` stands before a line that begins a row, `|` before one that begins the next cell; a line that is
    only a dash is an empty cell.
    """
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        title = next(line for line in lines if line.startswith("#"))
        lines.remove(title)
        paragraphs = [
            tuple(_line(line) for line in group)
            for blank, group in groupby(lines, key=lambda line: not line.strip())
            if not blank
        ]
        yield Labelled(title.removeprefix("#").strip(), tuple(paragraphs))


def _line(raw: str) -> Line:
    line = raw.lstrip("|")
    begins = ("", "cell", "row")[len(raw) - len(line)]
    kind, _, rest = line.partition("|")
    if kind == "O":
        return Line(rest.strip(), own=True, shows=True, begins=begins)
    whose, _, text = rest.partition("|")
    text = text.strip()
    return Line("" if text == "-" else text, own=False, shows=False, whose=whose, begins=begins)


def plain_text(labelled: Labelled, joined: bool) -> str:
    """The submission as a plain text file, a line a paragraph or its sentences joined; a heading stands alone."""
    blocks = []
    for paragraph in labelled.paragraphs:
        if paragraph[0].begins:
            blocks.append("\n".join(_pipes(paragraph)))
            continue
        for (kind, heading), group in groupby(paragraph, key=lambda line: (line.kind, line.whose == "heading")):
            texts = [f"- {line.text}" if kind in ("list item", "cell") else line.text for line in group]
            blocks += [" ".join(texts)] if joined and kind == "sentence" and not heading else texts
    return "\n\n".join(blocks) + "\n"


def _pipes(table: Sequence[Line]) -> Iterator[str]:
    """The rows of a pipe table, and its line of dashes."""
    rows: list[list[str]] = []
    for line in table:
        text = line.text.replace("|", "\\|")
        if line.begins == "row":
            rows.append([text])
        elif line.begins == "cell":
            rows[-1].append(text)
        else:
            rows[-1][-1] += f" {text}"
    first, *rest = (f"| {' | '.join(row)} |" for row in rows)
    yield from (first, "|---" * len(rows[0]) + "|", *rest)


def place(line: Line, text: str, at: int) -> tuple[int, int] | None:
    """Where a line stands, from `at` on, in a text whose blanks are all spaces: first character and last + 1."""
    words = re.sub(r"\s", " ", line.text)
    cut = words[len(words) // 2 :]  # behind a label that was cut off in the middle of the line
    for tried in (words, _NUMBER.sub("", words), cut):
        if (start := text.find(tried, at)) >= 0:
            return start, start + len(tried)
    return None


def misjudged(labelled: Labelled, joined: bool, wordings: tuple[str, ...]) -> Iterator[tuple[Line, str]]:
    """Every line whose words were judged wrongly, and the reason given."""
    passages, unread = read_text(plain_text(labelled, joined).encode(), f"{labelled.title}.txt")
    ends = {passage.location.paragraph: passage.location.end for passage in passages}
    document = attribute(Document(f"{labelled.title}.txt", "", "txt", passages, unread), wordings).document
    stretches = [
        (one.text + " " * (one.location.end == ends[one.location.paragraph]), one.why or "")
        for one in document.passages
    ]
    text = "".join(text for text, _ in stretches)
    why = [reason for text, reason in stretches for _ in text]
    at = 0
    flat = re.sub(r"\s", " ", text)
    for line in labelled.lines:
        found = place(line, flat, at)
        if found is None:
            print(f"not found: {labelled.title}: {line.text}")
            continue
        start, at = found
        behind = why[start + (at - start) // 2 : at]
        aside = sum(map(bool, behind)) * 2 > len(behind)
        if aside == line.own:
            yield line, next(filter(None, behind), "")


def measure(name: str, texts: list[Labelled], joined: bool, wordings: tuple[str, ...], show: bool) -> None:
    """Print the rates over a set."""
    lines = [line for text in texts for line in text.lines]
    own, shows = [line for line in lines if line.own], [line for line in lines if line.shows]
    wrong = [(text.title, *one) for text in texts for one in misjudged(text, joined, wordings)]
    copied = [line for _, line, why in wrong if line.own and not line.shows and why == "marking point copied"]
    lost = [line for _, line, why in wrong if line.own and line not in copied]
    others = [line for line in lines if not line.own and line.kind != "heading"]
    credited = [line for _, line, _ in wrong if not line.own]
    headings = sum(line.kind == "heading" for line in credited)
    if not lines:
        return
    evidence = sum(line.shows for line in lost)
    print(
        f"{name}: own words set aside {_rate(len(lost), len(own))}, evidence set aside {_rate(evidence, len(shows))}; "
        f"other's words credited {_rate(len(credited) - headings, len(others))}; "
        f"headings credited {headings}; copied wordings {len(copied)}"
    )
    for whose, count in Counter(line.whose for line in credited if line.whose).most_common():
        print(f"    credited: {whose} {_rate(count, sum(line.whose == whose for line in lines))}")
    if show:
        for title, line, why in wrong:
            print(f"  {title} {'SHOWS' if line.shows else 'own' if line.own else line.kind} [{why}] {line.text[:150]}")


def _rate(some: int, whole: int) -> str:
    return f"{some} of {whole} ({some / whole:.1%})" if whole else "none"


def main(show: bool) -> None:
    wordings = tuple(wording for name in bundled() for wording in load_rubric(name).wordings)
    submissions = list(training())
    measure("training, a line a paragraph", submissions, False, wordings, show)
    measure("training, sentences joined", submissions, True, wordings, show)
    development = [*voices(ROOT.parent / "training" / "voices"), *voices(ROOT.parent / "training" / "voices" / "hard")]
    measure("development set, a line a paragraph", development, False, wordings, show)
    measure("development set, lines joined", development, True, wordings, show)
    unseen = list(voices(ROOT / "whose_words"))
    tables = [text for text in unseen if any(line.begins for line in text.lines)]
    prose = [text for text in unseen if text not in tables]
    for name, texts in (("measuring set", prose), ("measuring set with tables", tables)):
        measure(f"{name}, a line a paragraph", texts, False, wordings, False)
        measure(f"{name}, lines joined", texts, True, wordings, False)


if __name__ == "__main__":
    main("--show" in sys.argv[1:])
