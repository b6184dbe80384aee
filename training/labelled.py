"""Read the labelled training text (the format that README.md describes).

`python -m training.labelled FILE...` checks files and counts their tags.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ITEMS: dict[str, str] = {
    "A1.c": "internal external",
    "A2.a": "survey form asking interview observing data focus-group complaints reviews suggestion-box "
    "mystery-shopper research other",
    "A6.a": "internal external",
    "A7.a": "receive record acknowledge investigate resolve reply escalate review",
    "B1.a": "quality cost speed accuracy information courtesy access privacy choice safety aftersales "
    "convenience understanding consistency other",
    "B5.b": "law trust harm reputation business job duty consequence other",
}
PLAIN = (
    "A1.a A1.b A2.b A3.a A3.b A4.a A4.b A4.c A5.a A5.b A5.c A6.b A6.c A7.b A7.c A8.a A8.b A8.c "
    "B2.a B2.b B2.c B3.a B3.b B4.a B4.b B4.t B5.a M1 M2 M3 M4 M5 M6 M7 M8 M9"
)
TAGS = frozenset(PLAIN.split()) | {f"{part}:{item}" for part, items in ITEMS.items() for item in items.split()}
KINDS = {"#": "heading", "?": "printed", "@": "other", "-": "list item", "|": "cell"}
OWN = frozenset({"sentence", "list item", "cell"})

_LINE = re.compile(r"^(?P<kind>[#?@|]|-(?=\s))?\s*(?:\[(?P<tags>[^\]]*)\])?\s*(?P<text>.*)$")


@dataclass(frozen=True)
class Line:
    """One sentence, list item, cell or heading with the tags of what it shows; `again` holds a second hand's tags."""

    text: str
    kind: str
    tags: frozenset[str]
    paragraph: int
    again: frozenset[str] | None = None


@dataclass(frozen=True)
class Text:
    """One labelled submission or short passage."""

    id: str
    about: str
    lines: tuple[Line, ...]
    source: str

    @property
    def is_submission(self) -> bool:
        """Whether it is a whole submission, and no short passage."""
        return self.id.startswith("T")

    @property
    def is_other(self) -> bool:
        """Whether it was written as being about other matters."""
        return self.about.startswith("other ")

    @property
    def own(self) -> tuple[Line, ...]:
        """The learner's lines."""
        return tuple(line for line in self.lines if line.kind in OWN)

    @property
    def tags(self) -> frozenset[str]:
        """Every tag that some line of the text shows."""
        return frozenset[str]().union(*(line.tags for line in self.lines))


def read(path: Path) -> Iterator[Text]:
    """Yield the texts of one file.

    Raises:
        ValueError: a line breaks the format; the message names file, line and tag.
    """
    head: tuple[str, str] | None = None
    lines: list[Line] = []
    paragraph = 0
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path}:{number}"
        if raw.startswith("==="):
            if head:
                yield Text(*head, tuple(lines), path.name)
            name, _, about = raw[3:].strip().partition("|")
            head, lines, paragraph = (name.strip(), about.strip()), [], 0
        elif not raw.strip():
            paragraph += 1
        elif head is None:
            raise ValueError(f"{where}: text before the first '=== ID' line")
        else:
            lines.append(_line(raw.strip(), paragraph, where))
    if head:
        yield Text(*head, tuple(lines), path.name)


def _line(raw: str, paragraph: int, where: str) -> Line:
    match = _LINE.match(raw)
    assert match is not None  # the pattern matches every string
    tags = frozenset((match["tags"] or "").replace(",", " ").split())
    kind = KINDS.get(match["kind"] or "", "sentence")
    if unknown := tags - TAGS:
        raise ValueError(f"{where}: unknown tag {sorted(unknown)[0]!r}")
    if tags and kind not in OWN:
        raise ValueError(f"{where}: a {kind} line is not the learner's own and carries no tag")
    if not match["text"].strip():
        raise ValueError(f"{where}: a line without text")
    return Line(match["text"].strip(), kind, tags, paragraph)


def with_second(texts: Iterable[Text], path: Path) -> Iterator[Text]:
    """The texts with the second hand's tags, which `path` holds as `ID.LINE TAG ...` where a line shows something."""
    found = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    tags = {where: frozenset(shown) for where, *shown in found}
    for text in texts:
        numbered = enumerate(text.lines, 1)
        again = (replace(line, again=tags.get(f"{text.id}.{number}", frozenset())) for number, line in numbered)
        yield replace(text, lines=tuple(again))


def read_folder(folder: Path) -> list[Text]:
    """All texts of a folder's `*.txt` files, in order of file name; IDs must be unique.

    Where `NAME.tags` stands beside `NAME.txt`, the texts were labelled again, blind, by a second hand.
    """
    texts: list[Text] = []
    for path in sorted(folder.glob("*.txt")):
        second = path.with_suffix(".tags")
        texts += with_second(read(path), second) if second.exists() else read(path)
    doubled = [name for name, count in Counter(text.id for text in texts).items() if count > 1]
    if doubled:
        raise ValueError(f"{folder}: the ID {doubled[0]!r} is used twice")
    return texts


def main(paths: list[str]) -> None:
    texts = [text for path in paths for text in read(Path(path))]
    counts = Counter(tag for text in texts for line in text.lines for tag in line.tags)
    own = [line for text in texts for line in text.own]
    print(f"{len(texts)} texts, {len(own)} own sentences, {sum(not line.tags for line in own)} of them show nothing")
    print(" ".join(f"{tag} {count}" for tag, count in sorted(counts.items())))


if __name__ == "__main__":
    main(sys.argv[1:])
