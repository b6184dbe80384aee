"""Words recovered and seconds, beside other readers, on the same files in one run.

`python -m benchmarks.extraction [FILES...]`: without files, sample_evidence and ../shared/data/dev where they are. The
words that a file holds are those that any of the readers found; `recovered` is the share of them that one found.
PDF files with and without tables are told apart, and one of 20 pages is made of each kind; `times` is how many times as
fast as pdfplumber's `extract_text` a reader is on the same pages. markitdown is compared where it is installed. Text
recognition is switched off.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "sample_evidence", ROOT.parent / "shared" / "data" / "dev")
SUFFIXES = (".docx", ".pdf", ".txt", ".md", ".odt", ".rtf", ".html", ".eml", ".msg", ".xlsx", ".csv", ".pptx")
MADE_PAGES = 20
Reader = Callable[[Path], str]


def ours(path: Path) -> str:
    from marker.extract import read

    return "\n".join(passage.text for passage in read(path).passages)


def python_docx(path: Path) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def pdfplumber_default(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def pdfium(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def markitdown(path: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown(enable_plugins=False).convert(str(path)).text_content)


def readers(suffix: str) -> Iterator[tuple[str, Reader]]:
    """The readers that take this kind of file."""
    yield "marker", ours
    if suffix == ".docx":
        yield "python-docx paragraphs", python_docx
    if suffix == ".pdf":
        yield "pdfplumber default", pdfplumber_default
        yield "pypdfium2", pdfium
    if find_spec("markitdown"):
        yield "markitdown", markitdown


def words(text: str) -> Counter[str]:
    """The words of a text, a broken line's hyphen left out, markup not counted."""
    return Counter(re.findall(r"[^\W\d_]{2,}", text.lower().replace("\u2019", "'")))


def groups(paths: list[Path]) -> Iterator[tuple[str, str, list[Path]]]:
    """The files by what they are compared as: its name, the suffix, and the files."""
    for suffix in SUFFIXES:
        of_suffix = [path for path in paths if path.suffix.lower() == suffix]
        if suffix == ".pdf":
            tables = {path for path in of_suffix if has_table(path)}
            yield "pdf text", suffix, [path for path in of_suffix if path not in tables]
            yield "pdf tables", suffix, sorted(tables)
        else:
            yield suffix[1:], suffix, of_suffix


def has_table(path: Path) -> bool:
    """Whether pdfplumber finds a table in the PDF file."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return any(page.find_tables() for page in pdf.pages)


def made(folder: Path) -> list[Path]:
    """PDF files of prose, one with a table on each page."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

    style = getSampleStyleSheet()["BodyText"]
    prose = escape(" ".join((ROOT / "benchmarks" / "other_matters.txt").read_text(encoding="utf-8").split())).split()
    paths = [folder / "prose.pdf", folder / "tables.pdf"]
    for path in paths:
        story: list[Flowable] = []
        for page in range(MADE_PAGES):
            words = prose[page * 150 : page * 150 + 500]
            story += [Paragraph(" ".join(words[i : i + 100]), style) for i in range(0, len(words), 100)]
            if path.stem == "tables":
                cells = [[Paragraph(" ".join(words[i + j : i + j + 5]), style) for j in (0, 5)] for i in (0, 10, 20)]
                story.append(Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
            story.append(PageBreak())
        SimpleDocTemplate(str(path)).build(story)
    return paths


def measure(group: str, suffix: str, paths: list[Path]) -> Iterator[str]:
    found: dict[str, list[Counter[str]]] = {}
    seconds: dict[str, float] = {}
    for name, reader in readers(suffix):
        for path in paths:  # once without the clock: the first loads the library, and some a word list
            attempt(reader, path)
        start = time.perf_counter()
        found[name] = [words(attempt(reader, path)) for path in paths]
        seconds[name] = time.perf_counter() - start
    every = [set().union(*(counts[i] for counts in found.values())) for i in range(len(paths))]
    for name, counts in found.items():
        known = sum(len(every[i] & counts[i].keys()) for i in range(len(paths)))
        share = known / max(sum(map(len, every)), 1)
        total = sum(sum(count.values()) for count in counts)
        times = f"{seconds['pdfplumber default'] / seconds[name]:7.1f}" if suffix == ".pdf" else ""
        yield f"{group:10} {len(paths):5}  {name:24} {total:8,} {share:9.1%} {seconds[name]:9.2f} {times}"


def attempt(reader: Reader, path: Path) -> str:
    try:
        return reader(path)
    except Exception as error:
        print(f"{reader.__name__} {path.name}: {type(error).__name__}", file=sys.stderr)
        return ""


def main(names: list[str]) -> None:
    from marker.readers import ocr

    given = [Path(name) for name in names] or [path for folder in FOLDERS for path in sorted(folder.glob("*"))]
    # the others leave pictures unread too
    with TemporaryDirectory() as folder, patch.object(ocr, "is_installed", return_value=False):
        print("format     files  reader                      words recovered   seconds   times")
        for group, suffix, paths in groups(given if names else given + made(Path(folder))):
            if paths:
                print("\n".join(measure(group, suffix, paths)))


if __name__ == "__main__":
    main(sys.argv[1:])
