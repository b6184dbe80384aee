"""Word files: every container that text can stand in, in reading order, each text once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from docx.oxml.ns import qn
from lxml import etree

from marker.document import Kind, Passage, Unread
from marker.errors import UnreadableError
from marker.readers.collect import Collector
from marker.readers.docx_fields import field_codes
from marker.readers.docx_math import linear
from marker.readers.docx_numbers import Numbers
from marker.readers.docx_package import Package
from marker.readers.docx_styles import Look, Styles, look
from marker.readers.symbols import SYMBOLS

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_O = "{urn:schemas-microsoft-com:office:office}"
_V = "{urn:schemas-microsoft-com:vml}"
_VAL = qn("w:val")
_PARAGRAPH, _TABLE, _RUN, _CONTROL = qn("w:p"), qn("w:tbl"), qn("w:r"), qn("w:sdt")
_PAGE_BREAK = qn("w:lastRenderedPageBreak")  # where Word began a page when it last saved the file
_DELETED_END = f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}"
_TEXT_BOX = qn("w:txbxContent")
_WORD_ART = f"{_V}textpath"
_ALTERNATE, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
_WRAPPERS = ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo", "ruby", "rubyBase")
_TRANSPARENT = frozenset(qn(f"w:{name}") for name in _WRAPPERS)
_TRACKED = frozenset((qn("w:ins"), qn("w:moveTo")))
_ASSESSOR = re.compile(r"\b(?:assessor|tutor|teacher|trainer|lecturer|iqa|verifier|mentor)\b", re.I)
UNTOLD = "whose the tracked insertions are"
_WRITERS = (  # properties that name who made the file and who saved it last
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy",
)
_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_UNREADABLE = {
    qn("a:blip"): "image",
    f"{_V}imagedata": "image",
    qn("c:chart"): "chart",
    f"{_O}OLEObject": "embedded object",
    qn("w14:contentPart"): "handwriting",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """What a block stands in: the kind this gives its passages, why they are set aside, its table cell.

    `readers` are those who only commented on the file, and whose tracked insertions are therefore not the learner's;
    the insertions of `others`, who commented too, may be a reader's or an answer. `inserted`: by one of these.
    """

    kind: Kind = "paragraph"
    why: str | None = None
    cell: str | None = None
    readers: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    inserted: bool = False


@dataclass(slots=True)
class _Content:
    """What one paragraph holds: its text by the reason for which it is set aside, shapes, unread parts.

    `page` is the one on which it begins, where that is known. `changes` are the characters of what stands at which its
    letters begin to look otherwise, and `look` is how they look now. `inserted`: some of it by one of
    a place's `others`.
    """

    page: int | None
    texts: dict[str | None, list[str]] = field(default_factory=dict)
    boxes: list[etree._Element] = field(default_factory=list)
    diagrams: list[etree._Element] = field(default_factory=list)
    word_art: list[str] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)  # what, and a picture's relation id
    changes: list[int] = field(default_factory=list)
    look: Look | None = None
    inserted: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(text.strip() for texts in self.texts.values() for text in texts)

    @property
    def restyled(self) -> int | None:
        """Where its letters change their look, if they do so once."""
        return self.changes[0] if len(self.changes) == 1 else None

    def add(self, text: str, why: str | None, look: Look | None = None) -> None:
        if look is not None and text.strip() and why is None:
            if self.look not in (None, look):
                self.changes.append(sum(map(len, self.texts[None])))
            self.look = look
        self.texts.setdefault(why, []).append(text)


def read_docx(data: bytes, name: str) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
    """The passages of a Word file: the body, then notes, headers, footers and comments.

    Raises UnreadableError, without the file's name, if it is no Word file, protected or hostile; damaged XML
    raises what lxml raises.
    """
    return _Reader(Package(data), name).read()


class _Reader:
    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._styles = Styles(self._part("styles"))
        self._found = Collector(name)
        self._numbers = Numbers(self._part("numbering"))
        self._tables = 0
        self._page: int | None = None
        self._codes: frozenset[etree._Element] = frozenset()  # what of the story stands in a field's code

    def read(self) -> tuple[tuple[Passage, ...], tuple[Unread, ...]]:
        main = self._package.main
        root = self._package.xml(main)
        body = root.find(qn("w:body")) if root is not None else None
        if body is None:
            raise UnreadableError("not a Word document inside; open it in Word and save it as .docx")
        self._page = 1 if len(list(body.iter(_PAGE_BREAK))) + 1 == self._package.pages() > 1 else None
        comments = [*self._entries("comments")]
        authors = frozenset(comment.get(qn("w:author"), "") for comment, _ in comments)
        creator, last = self._writers()
        readers = authors - {creator, last} if creator or last else frozenset()
        self._story(body, _Place(readers=readers, others=authors - readers - {creator}), main)
        self._page = None
        for kind in ("footnotes", "endnotes"):
            for note, part in self._entries(kind):
                if note.get(qn("w:type"), "normal") == "normal":
                    self._story(note, _Place("footnote"), part)
        edges: tuple[Kind, Kind] = ("header", "footer")
        for edge in edges:
            for part in self._package.related(main, edge):
                header = self._package.xml(part)
                if header is not None:
                    self._story(header, _Place(edge, edge), part)
        for comment, part in comments:
            author = comment.get(qn("w:author")) or "somebody"
            self._story(comment, _Place("comment", f"comment by {author}"), part)
        notes = {note.getroottree().getroot() for kind in ("footnotes", "endnotes") for note, _ in self._entries(kind)}
        self._found.deletions(sum(map(_deletions, (body, *notes))))
        return self._found.result()

    def _writers(self) -> tuple[str, str]:
        """Who made the file and who saved it last; empty where it does not say."""
        names = self._package.related("", "core-properties")
        core = self._package.xml(names[0]) if names else None
        made, saved = (None, None) if core is None else map(core.findtext, _WRITERS)
        return made or "", saved or ""

    def _part(self, kind: str) -> etree._Element | None:
        names = self._package.related(self._package.main, kind)
        return self._package.xml(names[0]) if names else None

    def _entries(self, kind: str) -> Iterator[tuple[etree._Element, str]]:
        """The notes or comments, each with the name of its part."""
        for part in self._package.related(self._package.main, kind):
            root = self._package.xml(part)
            for entry in root if root is not None else ():
                yield entry, part

    def _story(self, story: etree._Element, place: _Place, part: str) -> None:
        self._codes = field_codes(story)
        self._blocks(story, place, part)

    def _blocks(self, parent: etree._Element, place: _Place, part: str) -> None:
        joined: list[etree._Element] = []
        for child, where in _children(parent, place):
            if child.tag == _PARAGRAPH:
                joined.append(child)
                following = next(child.itersiblings(), None)
                if child.find(_DELETED_END) is None or following is None or following.tag != _PARAGRAPH:
                    self._paragraph(joined, where, part)
                    joined = []
            elif child.tag == _TABLE:
                self._table(child, where, part)
            elif child.tag == qn("w:altChunk"):
                self._found.miss("embedded document", page=self._page, cell=where.cell)

    def _table(self, table: etree._Element, place: _Place, part: str) -> None:
        self._tables += 1
        number = self._tables
        kind: Kind = "cell" if place.kind in ("paragraph", "text box") else place.kind
        rows = (row for row, _ in _children(table, place) if row.tag == qn("w:tr") and not _is_deleted(row))
        for r, row in enumerate(rows, start=1):
            c = 1 + _number(row, "w:trPr/w:gridBefore", 0)
            for cell, where in _children(row, place):
                if cell.tag == qn("w:tc"):
                    label = f"table {number}, row {r}, column {c}"
                    self._blocks(cell, replace(where, kind=kind, cell=label), part)
                    c += _number(cell, "w:tcPr/w:gridSpan", 1)

    def _paragraph(self, joined: Sequence[etree._Element], place: _Place, part: str) -> None:
        """Take in a paragraph that is kept as one or several; the last of them says what it is."""
        paragraph = joined[-1]
        listed = self._styles.numbering(paragraph)
        number = self._numbers.next(*listed) if listed else None
        content = _Content(self._page)
        for one in joined:
            self._inline(one, place, content)
        kind, why = self._kind(paragraph, place)
        for reason in sorted(content.texts, key=lambda reason: reason != place.why):
            text = "".join(content.texts[reason])
            change = content.restyled if reason is None else None
            doubtful = UNTOLD if content.inserted else None
            self._found.add(
                text,
                kind,
                page=content.page,
                cell=place.cell,
                why=reason or why,
                number=number,
                restyled=change,
                doubtful=doubtful,
            )
        if place.kind not in ("header", "footer", "comment"):
            for what, relation in content.missed:
                self._miss(what, relation, place, part)
        self._shapes(content, place, part)

    def _shapes(self, content: _Content, place: _Place, part: str) -> None:
        """What is written in the shapes that stand in a paragraph."""
        box = replace(place, kind="text box") if place.kind in ("paragraph", "cell") else place
        for element in content.boxes:
            self._blocks(element, box, part)
        for element in content.diagrams:
            self._diagram(element, box, part)
        if place.kind not in ("header", "footer"):  # where WordArt is a watermark
            for text in content.word_art:
                self._found.add(text, box.kind, page=content.page, cell=box.cell, why=box.why)

    def _kind(self, paragraph: etree._Element, place: _Place) -> tuple[Kind, str | None]:
        """The kind of the paragraph's passage, and why it is set aside if that is for its kind."""
        if place.kind not in ("paragraph", "cell", "text box"):
            return place.kind, place.why
        role = self._styles.role(paragraph)
        if role is not None:
            return role, place.why or role
        if place.kind == "paragraph" and self._styles.numbering(paragraph):
            return "list item", place.why
        return place.kind, place.why

    def _inline(self, parent: etree._Element, place: _Place, content: _Content) -> None:
        """Gather the runs under a paragraph, or under what wraps them."""
        for child, where in _children(parent, place):
            content.inserted |= where.inserted
            if child.tag == _RUN:
                self._run(child, where.why or self._styles.aside(child), content)
            elif child.tag == _CONTROL:
                content.add("☒" if _is_checked(child.find(f".//{qn('w14:checked')}")) else "☐", where.why)
            elif child.tag in (qn("m:oMath"), qn("m:oMathPara")):
                content.add(linear(child), where.why)

    def _run(self, run: etree._Element, why: str | None, content: _Content) -> None:
        for child, _ in _children(run, _Place()):
            if child in self._codes:
                continue
            if child.tag == qn("w:t"):
                content.add(child.text or "", why, look(run))
            elif child.tag in _CHARACTERS:
                content.add(_CHARACTERS[child.tag], why)
            elif child.tag == qn("w:sym"):
                content.add(SYMBOLS.get(child.get(qn("w:char"), "").upper(), ""), why)
            elif child.tag == qn("w:fldChar"):
                content.add(_form_field(child), why)
            elif child.tag == _PAGE_BREAK and self._page is not None:
                self._page += 1
                content.page = self._page if content.is_blank else content.page
            elif child.tag == _RUN:  # of a word with its pronunciation
                self._run(child, why, content)
            elif child.tag in (qn("w:drawing"), qn("w:pict"), qn("w:object")):
                _gather_graphics(child, content)

    def _miss(self, what: str, relation: str, place: _Place, part: str) -> None:
        if what != "image":
            self._found.miss(what, page=self._page, cell=place.cell)
            return
        name, _ = self._package.relations(part).get(relation, ("", ""))
        self._found.picture(what, lambda: self._package.picture(name), page=self._page, cell=place.cell)

    def _diagram(self, reference: etree._Element, place: _Place, part: str) -> None:
        """The texts of a SmartArt diagram, which stand in a part of their own."""
        name, _ = self._package.relations(part).get(reference.get(qn("r:dm"), ""), ("", ""))
        root = self._package.xml(name)
        for paragraph in root.iter(qn("a:p")) if root is not None else ():
            text = "".join(run.text or "" for run in paragraph.iter(qn("a:t")))
            self._found.add(text, place.kind, page=self._page, cell=place.cell, why=place.why)


def _children(parent: etree._Element, place: _Place) -> Iterator[tuple[etree._Element, _Place]]:
    """The children with their place, those inside transparent wrappers too.

    Deleted and moved-away text stands in wrappers that are not looked into, and so is left out.
    """
    for child in parent:
        if child.tag in _TRANSPARENT:
            yield from _children(child, _in_insertion(child, place) if child.tag in _TRACKED else place)
        elif child.tag == _ALTERNATE:
            chosen = child.find(_CHOICE)
            chosen = child.find(_FALLBACK) if chosen is None else chosen
            if chosen is not None:
                yield from _children(chosen, place)
        elif child.tag == _CONTROL and not _is_checkbox(child):
            for content in child.iterfind(qn("w:sdtContent")):
                yield from _children(content, _in_control(child, place))
        else:
            yield child, place


def _in_insertion(insertion: etree._Element, place: _Place) -> _Place:
    """The place inside a tracked insertion, which is the learner's unless its author assesses or commented."""
    author = insertion.get(qn("w:author"), "")
    if place.why:
        return place
    if not (author in place.readers or _ASSESSOR.search(author)):
        return replace(place, inserted=place.inserted or author in place.others)
    return replace(place, why=f"insertion by {author}")


def _in_control(control: etree._Element, place: _Place) -> _Place:
    """The place inside a content control: a table of contents, or a prompt that nobody has replaced."""
    properties = control.find(qn("w:sdtPr"))
    if properties is None or place.why:
        return place
    gallery = properties.find(f"{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    if gallery is not None and gallery.get(_VAL) == "Table of Contents":
        return replace(place, kind="contents", why="contents")
    if _is_on(properties.find(qn("w:showingPlcHdr"))):
        return replace(place, why="placeholder")
    return place


def _is_checkbox(control: etree._Element) -> bool:
    """Whether the control is a tick box among the runs of a paragraph; another's tick is a character of its text."""
    box = control.find(f"{qn('w:sdtPr')}/{qn('w14:checkbox')}")
    return box is not None and control.find(f"{qn('w:sdtContent')}/{_RUN}") is not None


def _is_checked(state: etree._Element | None) -> bool:
    return state is not None and state.get(qn("w14:val"), "1") in ("1", "true", "on")


def _is_on(toggle: etree._Element | None) -> bool:
    return toggle is not None and toggle.get(_VAL, "1") in ("1", "true", "on")


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None


def _deletions(root: etree._Element) -> int:
    """How many stretches and rows are marked as deleted."""
    deleted, text = qn("w:del"), qn("w:delText")
    stretches = (one for one in root.iter(deleted) if any(gone.text for gone in one.iter(text)))
    rows = (row for row in root.iter(qn("w:tr")) if _is_deleted(row) and row.find(f".//{text}") is None)
    runs_on = ((before := one.getprevious()) is not None and before.tag == deleted for one in stretches)
    return sum(not on for on in runs_on) + sum(1 for _ in rows)


def _number(element: etree._Element, path: str, default: int) -> int:
    """The number in a property such as "w:tcPr/w:gridSpan"."""
    found = element.find("/".join(qn(step) for step in path.split("/")))
    value = found.get(_VAL, "") if found is not None else ""
    return int(value) if value.isdecimal() else default


def _form_field(character: etree._Element) -> str:
    """What an old form field shows that is no text of the document: a tick box, or the choice from a list."""
    box = character.find(f"{qn('w:ffData')}/{qn('w:checkBox')}")
    if box is not None:
        checked = box.find(qn("w:checked"))
        return "☒" if _is_on(box.find(qn("w:default")) if checked is None else checked) else "☐"
    choices = character.find(f"{qn('w:ffData')}/{qn('w:ddList')}")
    entries = choices.findall(qn("w:listEntry")) if choices is not None else []
    chosen = _number(choices, "w:result", 0) if choices is not None else 0
    return entries[chosen].get(_VAL, "") if chosen < len(entries) else ""


def _gather_graphics(graphic: etree._Element, content: _Content) -> None:
    """Note text boxes, diagrams, WordArt and unreadable parts of a drawing; what a text box holds is its own matter."""
    missed = []
    pending = list(reversed(graphic))
    while pending:
        element = pending.pop()
        if element.tag == _TEXT_BOX:
            content.boxes.append(element)
            continue
        if element.tag == qn("dgm:relIds"):
            content.diagrams.append(element)
        elif element.tag == _WORD_ART:
            content.word_art.append(element.get("string", ""))
        elif element.tag in _UNREADABLE:
            missed.append((_UNREADABLE[element.tag], element.get(qn("r:embed")) or element.get(qn("r:id")) or ""))
        elif element.tag != _FALLBACK:
            pending.extend(reversed(element))
    objects = [entry for entry in missed if entry[0] == "embedded object"]  # whose pictures are only previews
    content.missed += objects[:1] or missed
