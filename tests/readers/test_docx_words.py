"""What the words of a Word paragraph come to: crossed out, in an equation, as WordArt, in fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from marker.document import Passage
from marker.extract import read

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
Reads = Callable[..., tuple[Passage, ...]]


@pytest.fixture
def reads(tmp_path: Path) -> Reads:
    """The passages of a Word file with these paragraphs and character styles, and this header."""

    def make(*paragraphs: str, styles: str = "", header: str = "") -> tuple[Passage, ...]:
        work = docx.Document()
        for style in parse_xml(f"<w:styles {SPACES}>{styles}</w:styles>"):
            work.styles.element.append(style)
        for inner in paragraphs:
            work.element.body.insert(-1, parse_xml(f"<w:p {SPACES}>{inner}</w:p>"))
        work.sections[0].header._element.append(parse_xml(f"<w:p {SPACES}>{header}</w:p>"))
        work.save(tmp_path / "work.docx")
        return read(tmp_path / "work.docx").passages

    return make


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


STRUCK = """
<w:style w:type="character" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="LongGone"><w:basedOn w:val="Gone"/></w:style>
"""


@pytest.mark.parametrize(
    "properties",
    [
        "<w:strike/>",
        '<w:dstrike w:val="true"/>',
        '<w:rStyle w:val="Gone"/>',
        '<w:rStyle w:val="LongGone"/>',
    ],
)
def test_words_crossed_out_are_set_aside(reads: Reads, properties: str) -> None:
    kept, gone = reads(run("I let the queue shout.", properties) + run(" I open a second till."), styles=STRUCK)
    assert (kept.text, kept.credited) == ("I open a second till.", True)
    assert (gone.text, gone.credited, gone.why) == ("I let the queue shout.", False, "crossed out")


@pytest.mark.parametrize("properties", ['<w:strike w:val="0"/>', '<w:rStyle w:val="Gone"/><w:strike w:val="false"/>'])
def test_words_that_are_no_longer_crossed_out_are_read(reads: Reads, properties: str) -> None:
    (kept,) = reads(run("I open a second till.", properties), styles=STRUCK)
    assert kept.credited


def term(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def shape(name: str, **arguments: str) -> str:
    return (
        f"<m:{name}>" + "".join(f"<m:{part}>{inner}</m:{part}>" for part, inner in arguments.items()) + f"</m:{name}>"
    )


HALF = shape("f", num=term("1"), den=term("2"))
SQUARE = shape("sSup", e=term("x"), sup=term("2"))
EQUATIONS = {
    shape("f", num=term("18"), den=term("240")): "18/240",
    shape("f", num=term("£18.50"), den=term("a+b")): "£18.50/(a+b)",
    shape("f", num=HALF, den=term("3")): "(1/2)/3",
    shape("f", num=shape("d", e=term("a+b")), den=term("2")): "(a+b)/2",
    term("2") + HALF + term("kg"): "2 1/2 kg",
    SQUARE + term("3"): "x^2 3",
    shape("sSub", e=term("x"), sub=term("n+1")) + term("="): "x_(n+1)=",
    shape("sSubSup", e=term("x"), sub=term("1"), sup=term("2")): "x_1^2",
    shape("rad", deg="", e=term("81")) + shape("rad", deg=term("3"), e=term("8")): "√81^3√8",
    shape("nary", naryPr='<m:chr m:val="∑"/>', sub=term("i=1"), sup=term("9"), e=SQUARE): "∑_(i=1)^9 (x^2)",
    shape("func", fName=term("sin"), e=term("x")): "sin x",
    shape("d", dPr='<m:begChr m:val="["/><m:endChr m:val="]"/>', e=term("7")): "[7]",
    shape("eqArr", e=term("a=1")).replace("</m:eqArr>", f"<m:e>{term('2b=3')}</m:e></m:eqArr>"): "a=1\n2b=3",
    f'<w:ins w:author="me">{term("12")}</w:ins>{term("3")}<w:del w:author="me">{term("4")}</w:del>': "123",
}


@pytest.mark.parametrize("equation", EQUATIONS, ids=EQUATIONS.values())
def test_an_equation_is_read_in_a_line_with_its_signs(reads: Reads, equation: str) -> None:
    (passage,) = reads(run("We lost ") + f"<m:oMath>{equation}</m:oMath>" + run("."))
    assert passage.text == f"We lost {EQUATIONS[equation]}."


def test_equations_under_one_another_have_a_line_each(reads: Reads) -> None:
    lines = "".join(f"<m:oMath>{term(text)}</m:oMath>" for text in ("a=12", "3b=6"))
    (passage,) = reads(f"<m:oMathPara>{lines}</m:oMathPara>")
    assert passage.text == "a=12\n3b=6"


def test_an_equation_in_an_equation_may_go_deep(reads: Reads) -> None:
    (passage,) = reads(f"<m:oMath>{'<m:sSup><m:e>' * 110}{term('x')}{'</m:e></m:sSup>' * 110}</m:oMath>")
    assert passage.text == "x"


WORD_ART = '<w:r><w:pict><v:shape><v:textpath string="Smile, then answer"/></v:shape></w:pict></w:r>'


def test_word_art_is_read_once(reads: Reads) -> None:
    inside = f"<w:txbxContent><w:p>{run('In a box')}</w:p></w:txbxContent>"
    box = f"<w:r><w:pict><v:textbox>{inside}</v:textbox></w:pict></w:r>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{WORD_ART}</mc:Fallback>'
    passages = reads(run("My poster says:") + WORD_ART, f"{both}</mc:AlternateContent>")
    assert [(passage.text, passage.kind, passage.credited) for passage in passages] == [
        ("My poster says:", "paragraph", True),
        ("Smile, then answer", "text box", True),
        ("In a box", "text box", True),
    ]


def test_a_watermark_is_no_text(reads: Reads) -> None:
    assert [passage.text for passage in reads(run("I file the forms."), header=WORD_ART)] == ["I file the forms."]


def char(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


BEGIN, SEPARATE, END = char("begin"), char("separate"), char("end")


def field(code: str, result: str) -> str:
    return f"{BEGIN}<w:r><w:instrText>{code}</w:instrText></w:r>{SEPARATE}{run(result)}{END}"


def test_of_a_field_in_the_code_of_a_field_only_the_outer_result_is_read(reads: Reads) -> None:
    choice = f"{BEGIN}{field('MERGEFIELD x', 'yes')}{SEPARATE}{run('Dear guest')}{field('PAGE', ' 7')}{END}"
    (passage,) = reads(choice + run(" is how I began."))
    assert passage.text == "Dear guest 7 is how I began."


def test_the_code_of_a_field_may_go_over_paragraphs(reads: Reads) -> None:
    passages = reads(BEGIN + run("if so"), run("or so") + SEPARATE + run("I rang."), run("I wrote.") + END)
    assert [passage.text for passage in passages] == ["I rang.", "I wrote."]


@pytest.mark.parametrize("broken", [BEGIN, BEGIN + SEPARATE, SEPARATE, END])
def test_a_broken_field_hides_nothing(reads: Reads, broken: str) -> None:
    passages = reads(broken + run("I rang ") + field("PAGE", "7"), run("I wrote."))
    assert [passage.text for passage in passages] == ["I rang 7", "I wrote."]


BOLD = "<w:b/>"


def test_where_the_letters_of_a_paragraph_change_once_is_told(reads: Reads) -> None:
    (asked, plain, thrice, coloured) = reads(
        run("  Say why it matters ", BOLD) + run("People would not trust us."),
        run("People would ") + run("not trust us."),
        run("We ") + run("always", BOLD) + run(" ring back."),
        run("Say why it matters ")
        + run("People ", '<w:color w:val="0000FF"/>')
        + run("care.", '<w:color w:val="0000FF"/>'),
    )
    assert asked.restyled is not None
    assert asked.text[asked.restyled :] == "People would not trust us."
    assert coloured.text[coloured.restyled or 0 :] == "People care."
    assert plain.restyled is thrice.restyled is None


def test_a_paragraph_whose_end_is_deleted_runs_into_the_next(reads: Reads) -> None:
    deleted = "<w:pPr><w:rPr><w:del w:id='1' w:author='Sam'/></w:rPr></w:pPr>"
    found = reads(
        deleted + run("We ring them back the same "), run("day."), run("Then we log it."), deleted + run("End.")
    )
    assert [passage.text for passage in found] == ["We ring them back the same day.", "Then we log it.", "End."]


@pytest.mark.parametrize(
    ("made", "saved", "told"),
    [
        ("Jo Adu", "Jo Adu", "set aside"),
        ("Jo Adu", "R. Jones", "doubtful"),
        ("", "", "doubtful"),
        ("R. Jones", "Jo Adu", "own"),
    ],
)
def test_whose_a_commenters_insertion_is(tmp_path: Path, made: str, saved: str, told: str) -> None:
    work = docx.Document()
    work.core_properties.author, work.core_properties.last_modified_by = made, saved
    line = work.add_paragraph("I ring them back. ")
    line._p.append(parse_xml(f'<w:ins {SPACES} w:id="9" w:author="R. Jones">{run("You look into it.")}</w:ins>'))
    work.add_comment(line.runs[0], text="And then?", author="R. Jones")
    work.save(tmp_path / "work.docx")
    written = [one for one in read(tmp_path / "work.docx").passages if one.kind == "paragraph"]
    doubts = {one.doubtful for one in written if one.credited}
    assert doubts == ({"whose the tracked insertions are"} if told == "doubtful" else {None})
    assert [one.why for one in written if not one.credited] == ["insertion by R. Jones"] * (told == "set aside")
