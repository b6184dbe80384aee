"""Words recovered and seconds, beside other readers, on the same files in one run.

`python -m benchmarks.extraction [FILES...]`: without files, sample_evidence and ../shared/data/dev where they are. The
words that a file holds are those that any of the readers found; `recovered` is the share of them that one found.
markitdown is compared where it is installed. Text recognition is switched off.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "sample_evidence", ROOT.parent / "shared" / "data" / "dev")
SUFFIXES = (".docx", ".pdf", ".txt", ".md", ".odt", ".rtf", ".html", ".eml", ".msg", ".xlsx", ".csv", ".pptx")
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


def measure(suffix: str, paths: list[Path]) -> Iterator[str]:
    found: dict[str, list[Counter[str]]] = {}
    seconds: dict[str, float] = {}
    for name, reader in readers(suffix):
        reader(paths[0])  # the first loads the library
        start = time.perf_counter()
        found[name] = [words(attempt(reader, path)) for path in paths]
        seconds[name] = time.perf_counter() - start
    every = [set().union(*(counts[i] for counts in found.values())) for i in range(len(paths))]
    for name, counts in found.items():
        known = sum(len(every[i] & counts[i].keys()) for i in range(len(paths)))
        share = known / max(sum(map(len, every)), 1)
        total = sum(sum(count.values()) for count in counts)
        yield f"{suffix:6} {len(paths):5}  {name:24} {total:8,} {share:9.1%} {seconds[name]:9.2f}"


def attempt(reader: Reader, path: Path) -> str:
    try:
        return reader(path)
    except Exception as error:
        print(f"{reader.__name__} {path.name}: {type(error).__name__}", file=sys.stderr)
        return ""


def main(names: list[str]) -> None:
    from marker.readers import ocr

    with patch.object(ocr, "is_installed", return_value=False):  # the others leave pictures unread too
        compare(names)


def compare(names: list[str]) -> None:
    given = [Path(name) for name in names] or [path for folder in FOLDERS for path in sorted(folder.glob("*"))]
    print("format files  reader                      words recovered   seconds")
    for suffix in SUFFIXES:
        paths = [path for path in given if path.suffix.lower() == suffix]
        if paths:
            print("\n".join(measure(suffix, paths)))


if __name__ == "__main__":
    main(sys.argv[1:])
