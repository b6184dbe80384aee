"""Build the sample submissions and their labels from source/*.yaml: the same bytes on every run.

    python sample_evidence/build.py           write every file
    python sample_evidence/build.py --check   exit 1 if a file on disk is not what the source gives

In the source, [[A1a A6b|a sentence]] says that the sentence shows those parts of those marking points, and
[[M2|a sentence]] that it asserts a misconception. The text stands in the source once; the submissions are it
without the brackets, and the labels' evidence is what stood inside them, so a quote can never differ from the text.
Needs python-docx, Pillow, PyYAML and reportlab.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

import docx
import yaml
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from PIL import Image, ImageDraw
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, SimpleDocTemplate
from reportlab.platypus import Paragraph as PdfParagraph

HERE: Final = Path(__file__).resolve().parent
WHEN: Final = datetime(2026, 3, 2, 9, 0, 0)
TAGGED: Final = re.compile(r"\[\[((?:[ABM]\d[a-z]? ?)+)\|(.+?)\]\]", re.DOTALL)
PARTS: Final = {
    **{"A1": "abc", "A2": "ab", "A3": "ab", "A4": "abc", "A5": "abc", "A6": "abc", "A7": "abc", "A8": "abc"},
    **{"B1": "a", "B2": "abc", "B3": "ab", "B4": "ab", "B5": "abc"},
}

Block = dict[str, Any]
Label = dict[str, Any]


@dataclass
class Evidence:
    """The bracketed sentences of one submission, in reading order."""

    parts: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    misconceptions: dict[str, str] = field(default_factory=dict)

    def take(self, text: str) -> str:
        """The text without its brackets; what stood inside them is kept."""

        def keep(match: re.Match[str]) -> str:
            for tag in match[1].split():
                if tag[0] == "M":
                    self.misconceptions.setdefault(tag, match[2])
                    continue
                point, part = tag[:2], tag[2:]
                if part not in PARTS[point] and tag != "B4t":
                    raise ValueError(f"no such part: {tag}")
                self.parts.setdefault(point, {}).setdefault(part, []).append(match[2])
            return match[2]

        plain = TAGGED.sub(keep, text)
        if "[[" in plain or "]]" in plain:
            raise ValueError(f"stray bracket: {plain[:80]}")
        return plain

    def strip(self, value: Any) -> Any:
        """`take` on every string of a block, in reading order."""
        if isinstance(value, str):
            return self.take(value)
        if isinstance(value, list):
            return [self.strip(item) for item in value]
        if isinstance(value, dict):
            return {key: self.strip(item) for key, item in value.items()}
        return value


def check_verdict(point: str, verdict: str, shown: set[str]) -> None:
    """Refuse a verdict that the marked parts do not give. B1 is a count, which only a person can see."""
    if point == "B1":
        fits = (verdict == "not_met") != bool(shown)
    elif set(PARTS[point]) <= shown:
        fits = verdict == "met"
    elif shown - ({"c"} if point == "A8" else set()):
        fits = verdict == "partial"
    else:
        fits = verdict == "not_met"
    if not fits:
        raise ValueError(f"{point}: {verdict} does not follow from parts {sorted(shown)}")


def labels(ident: str, source: dict[str, Any], evidence: Evidence) -> bytes:
    """The labels file: all thirteen points, the unaddressed ones not_met."""
    given = {line.split()[0]: line.split(maxsplit=2)[1:] for line in source["labels"].splitlines()}
    table: dict[str, Label] = {}
    for point in PARTS:
        verdict, why = given[point] if point in given else ("not_met", source["rest"])
        parts = dict(sorted(evidence.parts.get(point, {}).items()))
        check_verdict(point, verdict, set(parts))
        quotes = list(dict.fromkeys(quote for part in parts.values() for quote in part))
        table[point] = {"verdict": verdict, "evidence": quotes, "why": why, "parts": parts}
    found = [{"id": key, "evidence": quote} for key, quote in sorted(evidence.misconceptions.items())]
    report = {"id": ident, "labels": table, "misconceptions": found}
    return (json.dumps(report, ensure_ascii=False, indent=2) + "\n").encode()


# --- plain text and Markdown -------------------------------------------------------------------------------------


def to_text(blocks: list[Block], markdown: bool) -> bytes:
    """One paragraph a line, an empty line between; a transcript's turns too."""
    marks = {"title": "# ", "heading": "## "} if markdown else {}
    lines: list[str] = []
    for block in blocks:
        if "say" in block:
            lines.append(": ".join(block["say"]))
        elif "bullets" in block:
            lines.append("\n".join(f"- {item}" for item in block["bullets"]))
        else:
            kind = next(iter(block))
            lines.append(marks.get(kind, "") + block[kind])
    return ("\n\n".join(lines) + "\n").encode()


# --- PDF ---------------------------------------------------------------------------------------------------------


def to_pdf(blocks: list[Block], source: dict[str, Any]) -> bytes:
    """An A4 page as a learner's word processor would print it."""
    leading = 11.5 * float(source.get("leading", 1.25))
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11.5, leading=leading, spaceAfter=8)
    head = ParagraphStyle("heading", parent=body, fontName="Times-Bold", fontSize=13, spaceBefore=8, keepWithNext=1)
    title = ParagraphStyle("title", parent=head, fontSize=17, leading=24, alignment=TA_LEFT)
    styles = {"text": body, "heading": head, "title": title}
    texts = [(kind, text) for block in blocks for kind, text in block.items()]
    story: list[Flowable] = [PdfParagraph(escape(text), styles[kind]) for kind, text in texts]

    def furniture(canvas: Any, template: Any) -> None:
        canvas.setFont("Helvetica", 8.5)
        canvas.setFillGray(0.35)
        if "header" in source:
            canvas.drawString(2.4 * cm, A4[1] - 1.3 * cm, source["header"])
        if "footer" in source:
            canvas.drawString(2.4 * cm, 1.2 * cm, source["footer"])
            canvas.drawRightString(A4[0] - 2.4 * cm, 1.2 * cm, f"Page {template.page}")

    stream = io.BytesIO()
    name = next(block["title"] for block in blocks if "title" in block)
    template = SimpleDocTemplate(
        stream,
        pagesize=A4,
        title=name,
        author=source["author"],
        lang="en-GB",
        invariant=1,
        leftMargin=2.4 * cm,
        rightMargin=2.4 * cm,
        topMargin=2.2 * cm,
        bottomMargin=2.2 * cm,
    )
    template.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return stream.getvalue()


# --- Word --------------------------------------------------------------------------------------------------------


def picture(name: str) -> io.BytesIO:
    """A stand-in for a screenshot: a window of grey boxes, without a word in it."""
    image = Image.new("RGB", (560, 300), (244, 244, 244))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 559, 28), fill=(120, 120, 120))
    if name == "record":
        draw.rectangle((16, 44, 150, 178), fill=(190, 190, 190))
        for row in range(6):
            draw.rectangle((170, 44 + 24 * row, 330 + 37 * (row * 5 % 6), 58 + 24 * row), fill=(205, 205, 205))
        draw.rectangle((16, 196, 543, 284), fill=(222, 222, 222), outline=(150, 150, 150))
    else:
        for row in range(8):
            top, shade = 44 + 30 * row, 224 if row % 2 else 208
            draw.rectangle((16, top, 543, top + 24), fill=(shade, shade, shade))
            draw.rectangle((24, top + 7, 120 + 9 * (row * 3 % 8), top + 17), fill=(165, 165, 165))
            draw.rectangle((300, top + 7, 350 + 21 * (row * 5 % 8), top + 17), fill=(180, 180, 180))
    draw.rectangle((0, 0, 559, 299), outline=(120, 120, 120))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    stream.seek(0)
    return stream


def styled(source: dict[str, Any]) -> Document:
    """An empty document in British English with the centre's "Question" style, header and footer."""
    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = source["author"]
    properties.created = properties.modified = WHEN
    properties.title = properties.comments = ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    question: Any = document.styles.add_style("Question", WD_STYLE_TYPE.PARAGRAPH)
    question.base_style = document.styles["Normal"]
    question.font.bold = True
    question.font.color.rgb = RGBColor(0x1F, 0x3A, 0x5F)
    question.paragraph_format.space_before = Pt(10)
    question.paragraph_format.keep_with_next = True
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    if "header" in source:
        section.header.paragraphs[0].text = source["header"]
    if "footer" in source:
        section.footer.paragraphs[0].text = source["footer"]
    if source.get("page_number"):
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), "PAGE")
        paragraph = section.footer.paragraphs[0]
        paragraph.add_run(" ")
        paragraph._p.append(number)
    return document


def add_table(document: Document, rows: list[list[str]]) -> None:
    """A grid; the first row and column are bold, as a learner or a centre would set them."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            run = table.cell(number, column).paragraphs[0].add_run(text)
            run.bold = column == 0 or (number == 0 and len(row) > 2)
    document.add_paragraph()


def add_block(document: Document, block: Block) -> None:
    """One block of the source in its Word style."""
    kind = next(iter(block))
    value = block[kind]
    paragraph: Paragraph | None = None
    if kind == "title":
        document.add_heading(value, level=0)
    elif kind == "heading":
        document.add_heading(value, level=1)
    elif kind == "question":
        document.add_paragraph(value, style="Question")
    elif kind == "text":
        paragraph = document.add_paragraph(value)
    elif kind == "say":
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{value[0]}: ").bold = True
        paragraph.add_run(value[1])
    elif kind in ("bullets", "numbers"):
        for item in value:
            document.add_paragraph(item, style="List Bullet" if kind == "bullets" else "List Number")
    elif kind == "table":
        add_table(document, value)
    elif kind == "box":
        cell = document.add_table(rows=1, cols=1, style="Table Grid")
        cell.rows[0].height = Cm(2.2)
        cell.cell(0, 0).paragraphs[0].add_run(value).italic = True
        document.add_paragraph()
    elif kind == "image":
        document.add_picture(picture(value), width=Cm(14))
    else:
        raise ValueError(f"unknown block: {kind}")
    if "comment" in block and paragraph is not None:
        note = block["comment"]
        initials = "".join(word[0] for word in note["author"].split("(")[0].split())
        comment = document.add_comment(paragraph.runs, note["text"], note["author"], initials)
        comment._comment_elm.date = WHEN.replace(tzinfo=UTC)


def to_docx(blocks: list[Block], source: dict[str, Any]) -> bytes:
    """The Word file, its zip members dated WHEN."""
    document = styled(source)
    for block in blocks:
        add_block(document, block)
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w") as new:
        for member in old.infolist():
            if member.filename == "docProps/thumbnail.jpeg":  # a picture of python-docx's own template
                continue
            data = old.read(member)
            if member.filename == "_rels/.rels":
                data = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", data)
            entry = zipfile.ZipInfo(member.filename, WHEN.timetuple()[:6])
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            new.writestr(entry, data)
    return fixed.getvalue()


# --- all of it ---------------------------------------------------------------------------------------------------


def write(name: str, blocks: list[Block], source: dict[str, Any]) -> bytes:
    """One file of a submission, in the format that its name asks for."""
    suffix = Path(name).suffix
    if suffix == ".docx":
        return to_docx(blocks, source)
    if suffix == ".pdf":
        return to_pdf(blocks, source)
    return to_text(blocks, markdown=suffix == ".md")


def outputs() -> Iterator[tuple[Path, bytes]]:
    """Every file that the source gives."""
    for path in sorted((HERE / "source").glob("*.yaml")):
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
        evidence = Evidence()
        folder = source.get("folder", "")
        for part in source.get("files", [source]):
            blocks = evidence.strip(part["blocks"])
            yield HERE / folder / part["file"], write(part["file"], blocks, source)
        yield HERE / f"{path.stem}.labels.json", labels(path.stem, source, evidence)


def main() -> int:
    """Write the files, or say which differ."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    check = parser.parse_args().check
    stale = 0
    for path, data in outputs():
        if path.exists() and path.read_bytes() == data:
            continue
        stale += 1
        sys.stderr.write(f"{'differs' if check else 'wrote'}: {path.relative_to(HERE)}\n")
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
