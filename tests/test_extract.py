"""Telling formats apart, one line for every bad file, and submissions of several files."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marker import extract
from marker.errors import UnreadableError
from marker.extract import read, read_submission

FIXTURES = Path(__file__).parent / "fixtures"
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def zipped(**members: bytes | str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def rezipped(path: Path, **changed: bytes) -> bytes:
    """The Word file with members changed, their names' slashes written as two underscores."""
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    return zipped(**{name.replace("/", "__"): data for name, data in members.items()} | changed)


HUGE = b"<x>" + b"".join(b"%x " % (number * number) for number in range(1_300_000)) + b"</x>"
BAD = {
    "missing": (None, "no such file"),
    "empty": (b"", "empty"),
    "blank": (b" \n ", "no text"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "old Word file"),
    "encrypted Word": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old Excel": (OLE + "Workbook".encode("utf-16-le"), "old Office"),
    "old PowerPoint": (OLE + "PowerPoint Document".encode("utf-16-le"), "old PowerPoint"),
    "HEIC": (bytes(4) + b"ftypheic" + bytes(90), "image"),
    "XML": (b"<?xml version='1.0'?><a>hello</a>", "XML"),
    "empty web page": (b"\xef\xbb\xbf <!DOCTYPE html><p> ", "no text"),
    "binary spreadsheet": (zipped(xl__workbook_bin=b"x").replace(b"_bin", b".bin"), ".xlsb"),
    "iWork": (zipped(**{"Index/Document.iwa": b"x"}), "iWork"),
    "Google Drive's shortcut": (b'{"":"WARNING! DO NOT EDIT","doc_id":"1AbC","email":"a@b.uk"}', "only a link"),
    "Windows' shortcut": (b"[InternetShortcut]\r\nURL=https://example.org/document", "only a link"),
    "noise": (bytes(range(256)) * 9, "not a Word, PDF or text file"),
    "zip": (zipped(essay=b"hello"), "zip archive"),
    "OpenDocument": (zipped(mimetype="application/vnd.oasis.opendocument.text"), "OpenDocument"),
    "OpenDocument spreadsheet": (zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet"), ".xlsx"),
    "cut-off Word": ((FIXTURES / "table.docx").read_bytes()[:900], "damaged"),
    "cut-off zip": (b"PK\x03\x04", "damaged"),
    "broken XML": (
        rezipped(FIXTURES / "table.docx", word__document__xml=b"", **{"word__document.xml": b"<w:p"}),
        "damaged",
    ),
    "entities": ((FIXTURES / "hostile_entity.docx").read_bytes(), "entities"),
    "entities in UTF-16": (
        rezipped(
            FIXTURES / "table.docx",
            **{"word__document.xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16")},
        ),
        "entities",
    ),
    "zip bomb": (rezipped(FIXTURES / "table.docx", **{"word__document.xml": b" " * 20_000_000}), "larger inside"),
    "deep XML": (rezipped(FIXTURES / "table.docx", **{"word__document.xml": b"<x>" * 200_000}), "larger inside"),
    "huge text": (rezipped(FIXTURES / "table.docx", **{"word__document.xml": HUGE}), "larger inside"),
    "cut-off PDF": (b"%PDF-1.7\n1 0 obj", "damaged"),
    "protected PDF": ((FIXTURES / "protected.pdf").read_bytes(), "password"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gives_one_line_with_its_name_and_the_cure(case: str, tmp_path: Path) -> None:
    data, reason = BAD[case]
    path = tmp_path / "essay.docx"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith("essay.docx: ") and reason in message and "\n" not in message
    assert ";" in message, "the cure follows the fault"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="a folder"):
        read(tmp_path)


def test_a_file_too_large_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MAX_FILE_BYTES", 4)
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(UnreadableError, match="larger than"):
        read(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("module", "limit", "source"),
    [
        ("text", "MAX_TEXT_BYTES", "letter.txt"),
        ("eml", "MAX_MAIL_BYTES", "letter.eml"),
        ("pdf", "MAX_PAGES", "pages.pdf"),
    ],
)
def test_what_is_over_a_limit_is_refused(
    module: str, limit: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"marker.readers.{module}.{limit}", 2)
    file = FIXTURES / source
    (tmp_path / source).write_bytes(file.read_bytes() if file.exists() else b"Dear Ann, I am sorry.")
    with pytest.raises(UnreadableError, match="more than"):
        read(tmp_path / source)


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MAX_FILES", 1)
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("hello")
    with pytest.raises(UnreadableError, match="more than 1 files"):
        read_submission([tmp_path])


def test_a_strange_name_stays_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(tmp_path / "a\nb\x1b[31m.docx")
    assert str(caught.value).startswith("a?b?[31m.docx: ")


@pytest.mark.parametrize(
    ("source", "form"),
    [
        ("table.docx", "docx"), ("table.pdf", "pdf"), ("plain.odt", "odt"), ("plain.rtf", "rtf"),
        ("plain.html", "html"), ("letter.eml", "eml"), ("letter.msg", "msg"), ("log.xlsx", "xlsx"),
        ("log.csv", "csv"), ("slides.pptx", "pptx"),
    ],
)  # fmt: skip
def test_the_first_bytes_decide_and_not_the_name(source: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / "work.txt"
    data = (FIXTURES / source).read_bytes()
    path.write_bytes(data)
    document = read(path)
    assert (document.format, document.name) == (form, "work.txt")
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_a_piece_of_a_web_page_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    path.write_bytes(b"<p>I rang her.<ul><li>She was glad.</ul>")
    assert [passage.text for passage in read(path).passages] == ["I rang her.", "She was glad."]


@pytest.mark.parametrize("kind", ["document.macroEnabled.12", "template.macroEnabledTemplate.12", "template.main+xml"])
def test_a_template_or_a_file_with_macros_is_read_like_any_other(kind: str, tmp_path: Path) -> None:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.{kind}"/></Types>'
    data = rezipped(
        FIXTURES / "paragraph.docx", **{"[Content_Types].xml": types.encode(), "word/vbaProject.bin": b"\0never run"}
    )
    (tmp_path / "work.docm").write_bytes(data)
    document = read(tmp_path / "work.docm")
    assert (document.format, document.passages[0].text) == ("docx", "Dawn needs the float by nine")


def test_a_submission_of_one_file_goes_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "L07.txt").write_text("I look after two kinds of people.")
    submission = read_submission([tmp_path / "L07.txt"])
    assert submission.id == "L07"
    assert read_submission([tmp_path / "L07.txt"], name="Sam").id == "Sam"


def test_a_folder_is_read_in_order_without_what_is_no_work(tmp_path: Path) -> None:
    folder = tmp_path / "L07"
    for name in ("task 2/b.txt", "task 1/b.txt", ".hidden/x.txt", "~$a.docx", "L07.labels.json", "Thumbs.db", "a.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("I look after two kinds of people.")
    submission = read_submission([folder])
    assert submission.id == "L07"
    assert [document.name for document in submission.documents] == ["a.md", "task 1/b.txt", "task 2/b.txt"]
    assert submission.documents[1].passages[0].location.file == "task 1/b.txt"


def test_one_bad_file_among_several_is_noted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("I look after two kinds of people.")
    (tmp_path / "b.doc").write_bytes(BAD["old Word"][0] or b"")
    good, bad = read_submission([tmp_path / "a.txt", tmp_path / "b.doc"]).documents
    assert good.unread == ()
    assert (bad.format, bad.passages, len(bad.sha256)) == ("unreadable", (), 64)
    assert bad.unread[0].what == "file: an old Word file; open it in Word and save it as .docx"


def test_files_of_the_same_name_stay_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("I look after two kinds of people.")
    names = [document.name for document in read_submission([tmp_path / "one/a.txt", tmp_path / "two/a.txt"]).documents]
    assert len(set(names)) == 2


@pytest.mark.parametrize("names", [["scan.pdf"], ["scan.pdf", "protected.pdf"]])
def test_nothing_readable_is_an_error(names: list[str]) -> None:
    with pytest.raises(UnreadableError, match=r"scan\.pdf: "):
        read_submission([FIXTURES / name for name in names])


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="a folder without files"):
        read_submission([tmp_path])


def test_importing_loads_no_reader() -> None:
    heavy = "('docx', 'lxml', 'pypdfium2', 'pdfplumber', 'openpyxl', 'pptx', 'oxmsg', 'rapidocr_onnxruntime')"
    code = f"import sys, marker.extract; print([name for name in {heavy} if name in sys.modules])"
    root = Path(__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"


def attempt(data: bytes, folder: Path) -> None:
    path = folder / "fuzz"
    path.write_bytes(data)
    try:
        read(path)
    except UnreadableError as error:
        assert "\n" not in str(error)


FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)
MAGIC = st.sampled_from(
    [b"", b"PK\x03\x04", b"%PDF-1.7\n", OLE, b"\xff\xfe", b"{\\rtf", b"<html>", b"Message-ID: <1>\n", b"a,b,c\n1,2,3\n"]
)


@FUZZ
@given(magic=MAGIC, data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path: Path, magic: bytes, data: bytes) -> None:
    attempt(magic + data, tmp_path)


@FUZZ
@given(
    name=st.sampled_from(
        [
            "table.docx",
            "text_box.docx",
            "table.pdf",
            "form.pdf",
            "protected.pdf",
            "plain.odt",
            "plain.rtf",
            "plain.html",
            "letter.eml",
            "letter.msg",
            "log.xlsx",
            "log.csv",
            "slides.pptx",
            "picture.png",
        ]
    ),
    at=st.floats(0, 1),
    patch=st.binary(min_size=1, max_size=30),
    cut=st.booleans(),
)
def test_damaged_files_are_read_or_refused(tmp_path: Path, name: str, at: float, patch: bytes, cut: bool) -> None:
    data = (FIXTURES / name).read_bytes()
    place = int(at * len(data))
    attempt(data[:place] + patch + (b"" if cut else data[place + len(patch) :]), tmp_path)


@FUZZ
@given(at=st.floats(0, 1), patch=st.text("<>/w:p=\"' &;1", min_size=1, max_size=12))
def test_damaged_xml_is_read_or_refused(tmp_path: Path, at: float, patch: str) -> None:
    with zipfile.ZipFile(FIXTURES / "text_box.docx") as file:
        xml = file.read("word/document.xml")
    place = int(at * len(xml))
    changed = xml[:place] + patch.encode() + xml[place + len(patch) :]
    attempt(rezipped(FIXTURES / "text_box.docx", **{"word__document.xml": changed}), tmp_path)
