"""PDF files made by fixtures/build.py."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from marker.document import Passage
from marker.extract import read
from marker.language import sentences
from marker.readers.pdf import read_pdf

FIXTURES = Path(__file__).parents[1] / "fixtures"


def passages(name: str) -> tuple[Passage, ...]:
    return read(FIXTURES / f"{name}.pdf").passages


def test_columns_are_read_one_after_the_other() -> None:
    title, left, right, end = (passage.text for passage in passages("columns"))
    assert title.startswith("Two kinds") and end.startswith("That is all")
    assert left.startswith("The first customers") and left.endswith("until about eleven.")
    assert right.startswith("The others are") and right.endswith("by their own name.")


def test_a_table_is_read_cell_by_cell_and_only_once() -> None:
    before, *cells, after = passages("table")
    assert (before.kind, after.kind) == ("paragraph", "paragraph")
    assert [(cell.kind, cell.location.cell, cell.text) for cell in cells[2:4]] == [
        ("cell", "table 1, row 2, column 1", "Internal"),
        ("cell", "table 1, row 2, column 2", "The float counted and ready by nine"),
    ]
    assert len(cells) == 6


def test_headings_and_list_items_are_told_by_font_and_bullet() -> None:
    kinds = [(passage.kind, passage.text) for passage in passages("pages")[:3]]
    assert kinds == [
        ("heading", "Complaints at the depot"),
        ("list item", "the date and time of the call"),
        ("list item", "who the driver was that day"),
    ]


def test_a_paragraph_goes_on_over_the_end_of_the_page() -> None:
    (passage,) = (passage for passage in passages("pages") if passage.text.startswith("The first customers"))
    assert passage.text.endswith("until about eleven.")
    assert passage.location.page == 1


def test_a_sentence_is_found_by_the_page_and_line_that_it_starts_on() -> None:
    places = {s.text[:10]: (s.location.page, s.location.line) for s in sentences(passages("pages"))}
    assert places["The first "] == (1, 17)
    assert places["Dawn in th"] == (1, 18)
    assert places["A follow-u"] == (2, 5)  # the running header is line 1


def test_a_sentence_that_starts_on_the_next_page_is_found_there() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400))
    canvas.drawString(50, 40, "In the shop I ring the customer and tell her that her shoes are")
    canvas.showPage()
    for number, line in enumerate(["ready for her to fetch when she has time. She comes", "on Friday."]):
        canvas.drawString(50, 360 - 14 * number, line)
    canvas.save()
    found = sentences(read_pdf(buffer.getvalue(), "drawn.pdf")[0])
    assert [(s.location.paragraph, s.location.page, s.location.line) for s in found] == [(1, 1, 1), (1, 2, 1)]


def test_words_broken_at_the_end_of_a_line_are_made_whole() -> None:
    (passage,) = (passage for passage in passages("pages") if passage.text.startswith("When I have"))
    assert "every customer is different and some" in passage.text
    assert passage.text.endswith("what I call the follow-up. A follow-up takes one minute.")


def test_running_headers_and_page_numbers_are_set_aside() -> None:
    edges = [
        (passage.kind, passage.text, passage.why)
        for passage in passages("pages")
        if passage.kind in ("header", "footer")
    ]
    assert edges == [("header", "Sam Reed - Unit 4", "header"), ("footer", "Page 1 of 3", "footer")]
    assert sum("Sam Reed" in passage.text for passage in passages("pages")) == 1


def test_pictures_and_scanned_pages_are_noted() -> None:
    unread = read(FIXTURES / "scanned_page.pdf").unread
    assert [(part.what, part.location.page) for part in unread] == [("image", 1), ("scanned page", 2)]


def test_form_fields_without_appearance_and_typed_notes_are_read() -> None:
    found = [(passage.kind, passage.text, passage.why) for passage in passages("form")]
    assert found == [
        ("paragraph", "What happens when somebody complains?", None),
        ("form field", "I write it in the blue book.", None),
        ("form field", "Then I tell Gaz.", None),
        ("form field", "☒ I have read this", None),
        ("form field", "Typed over the page.", None),
        ("comment", "Good, say more.", "comment by R. Jones"),
    ]


def test_a_form_field_follows_the_label_above_or_beside_it(tmp_path: Path) -> None:
    page = Canvas(str(tmp_path / "form.pdf"))
    page.drawString(72, 760, "Who are your customers?")
    page.acroForm.textfield(
        x=72, y=640, width=400, height=100, value="The drivers and the dock.", fieldFlags="multiline"
    )
    page.drawString(72, 600, "Who checks the complaints book?")
    page.acroForm.textfield(x=300, y=590, width=200, height=24, value="Gaz, on Fridays.")
    page.drawString(72, 560, "What is a complaint for?")
    page.drawString(72, 515, "Tutor's comments")
    page.acroForm.textfield(x=300, y=490, width=200, height=40, value="Say more, Gaz.")
    page.save()
    assert [passage.text for passage in read(tmp_path / "form.pdf").passages] == [
        "Who are your customers?", "The drivers and the dock.",
        "Who checks the complaints book?", "Gaz, on Fridays.",
        "What is a complaint for?",
        "Tutor's comments", "Say more, Gaz.",
    ]  # fmt: skip


def test_text_that_nobody_can_see_is_set_aside() -> None:
    found = [(passage.text, passage.why) for passage in passages("hidden")]
    assert found == [
        ("This can be seen.", None),
        ("So can this heading in a dark box, which is white.", None),
        ("White on white. Invisible.", "hidden text"),
    ]


def test_a_turned_page_reads_like_an_upright_one() -> None:
    (passage,) = passages("turned")
    assert passage.text.startswith("When somebody rings") and passage.text.endswith("hear from us again.")


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_lies_on_its_side_is_read_as_its_text_stands(degrees: int) -> None:
    def draw(page: Canvas) -> None:
        page.setPageRotation(degrees)
        page.drawString(50, 300, "We ask what the driver wants,")
        page.drawString(50, 285, "and write it on the card before he leaves.")

    assert [text for text, _, _ in drawn(draw)] == [
        "We ask what the driver wants, and write it on the card before he leaves."
    ]


def test_a_page_on_its_side_leaves_the_paragraphs_of_upright_ones_whole() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(300, 400))
    lines = ("I am on the desk most days and the people I see", "there are members. They expect a", "quick answer.")
    for number, line in enumerate(lines):
        canvas.drawString(30, 350 - 14 * number, line)
    canvas.showPage()
    canvas.setPageSize((800, 300))
    for number in range(12):
        canvas.drawString(30, 280 - 14 * number, "The rota is pinned up by the door of the staff room " * 2)
    canvas.save()
    assert read_pdf(buffer.getvalue(), "desk.pdf")[0][0].text == " ".join(lines)


def test_a_compound_broken_at_its_hyphen_keeps_it() -> None:
    def draw(page: Canvas) -> None:
        page.drawString(50, 300, "Every regular is rung by our well-")
        page.drawString(50, 285, "known manager about his cus-")
        page.drawString(50, 270, "tomer card.")

    assert [text for text, _, _ in drawn(draw)] == [
        "Every regular is rung by our well-known manager about his customer card."
    ]


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.pdf")), ids=lambda path: path.stem)
def test_passages_are_numbered_in_order(path: Path) -> None:
    if path.stem != "protected":
        numbers = [passage.location.paragraph for passage in read(path).passages]
        assert numbers == list(range(1, len(numbers) + 1))


def drawn(draw: Callable[[Canvas], object]) -> list[tuple[str, str | None, str | None]]:
    """Text, cell and reason of the passages of a page drawn for one test."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400))
    draw(canvas)
    canvas.save()
    found, _ = read_pdf(buffer.getvalue(), "drawn.pdf")
    return [(passage.text, passage.location.cell, passage.why) for passage in found]


LEFT_COLUMN = [
    "Most people who ring the kennels are going",
    "away and worried about the dog they leave",
    "behind. I ask what it eats and where it sleeps.",
    "When somebody complains I write it down in",
    "the day book and I ring them before I go home.",
]


def beside(canvas: Canvas, left: list[str], right: dict[int, str], at: float = 215) -> None:
    """Lines of small print from the top, and others on the same baselines, by their number from 0."""
    canvas.setFont("Helvetica", 8)
    for number, line in enumerate(left):
        canvas.drawString(30, 340 - 11 * number, line)
    for number, line in right.items():
        canvas.drawString(at, 340 - 11 * number, line)


@pytest.mark.parametrize(
    "right",
    [
        ["My manager reads the book every Friday."],
        ["Then I tell my manager, who rings the owner", "within a day and says what we have changed."],
        ["My manager reads the day book every Friday", "and says what we will change. I tell the owner", "so."],
    ],
    ids=len,
)
def test_a_short_last_column_is_read_after_the_one_before(right: list[str]) -> None:
    found = drawn(lambda canvas: beside(canvas, LEFT_COLUMN, dict(enumerate(right))))
    assert [text for text, _, _ in found] == [" ".join(LEFT_COLUMN), " ".join(right)]


def test_a_short_last_column_goes_on_with_the_sentence_before() -> None:
    found = drawn(lambda canvas: beside(canvas, LEFT_COLUMN[:-1], {0: "the day book."}))
    assert [text for text, _, _ in found] == [" ".join([*LEFT_COLUMN[:-1], "the day book."])]


def test_a_short_last_column_may_stand_below_a_heading() -> None:
    right = ["Then I tell my manager, who rings the owner", "within a day and says what we have changed."]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(30, 360, "At the kennels")
        beside(canvas, LEFT_COLUMN, dict(enumerate(right)))

    assert [text for text, _, _ in drawn(draw)] == ["At the kennels", " ".join(LEFT_COLUMN), " ".join(right)]


def test_questions_with_their_answers_beside_them_are_read_by_turns() -> None:
    asked = ["1. Who brings the", "dogs to you?", "2. Explain what is", "done at six.", "Who locks up?"]
    told = {0: "Owners do, before they go to work, and", 1: "the vet now and then.", 2: "We feed them all.", 4: "Ros."}
    found = [text for text, _, _ in drawn(lambda canvas: beside(canvas, asked, told, 215))]
    assert found[-6:] == [
        "Who brings the dogs to you?",
        "Owners do, before they go to work, and the vet now and then.",
        "Explain what is done at six.",
        "We feed them all.",
        "Who locks up?",
        "Ros.",
    ]


@pytest.mark.parametrize(
    ("left", "right", "at"),
    [
        (
            [
                "What is your name and your job here?",
                "Which customers do you see in a week?",
                "Who checks what you do?",
            ],
            {0: "Ros Penhale, and I look after the kennels.", 1: "Owners, and the vet who comes on Mondays."},
            215,
        ),
        (
            [
                "People who leave a dog with us while they",
                "are away.",
                "People who come in to buy food for a dog",
                "at home.",
            ],
            {0: "They need to hear that it is well.", 2: "They need the bag carried to the car."},
            215,
        ),
        (
            [
                "People who leave a dog with us while they",
                "are away.",
                "People who come in to buy food for a dog",
                "at home.",
            ],
            {0: "They need to hear every day that it is", 1: "well.", 2: "They need the bag carried to the car."},
            215,
        ),
        (
            ["Monday", "Tuesday", "Wednesday"],
            {0: "I rang two owners about their dogs and", 1: "wrote both calls in the day book, which", 2: "we keep."},
            100,
        ),
        (LEFT_COLUMN, {0: "Wednesday 23 September 2026"}, 215),
        (LEFT_COLUMN, {3: "23 September 2026"}, 215),
    ],
    ids=["form", "table", "table of wrapped cells", "tabs", "date at the top", "date within"],
)
def test_what_stands_beside_a_line_and_is_no_column_stays_with_the_line(
    left: list[str], right: dict[int, str], at: float
) -> None:
    text = " ".join(text for text, _, _ in drawn(lambda canvas: beside(canvas, left, right, at)))
    for number, line in right.items():
        assert f"{left[number]} {line}" in text


def test_the_last_word_of_a_line_pulled_wide_is_no_column() -> None:
    lines = [
        "The owners who ring the kennels most are those who",
        "leave a dog with us while they are",
        "away from home.",
    ]
    more = ["I ask them what the dog eats, and how often, and I"]
    found = drawn(lambda canvas: beside(canvas, lines + more, {1: "in", 2: "Dogs eat"}, at=200))
    text = " ".join([lines[0], lines[1], "in", lines[2], "Dogs eat", *more])
    assert " ".join(text for text, _, _ in found) == text


def test_the_numbers_of_a_list_that_stand_apart_are_no_column() -> None:
    items = ["I ask what the dog eats, and how much.", "I show the owner the run.", "I ring them in the evening."]
    found = drawn(lambda canvas: beside(canvas, ["1.", "2.", "3."], dict(enumerate(items)), at=60))
    assert [text for text, _, _ in found] == items


def test_words_off_the_page_or_too_small_to_read_are_set_aside() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 300, "The drivers need the sheet by six.")
        canvas.drawString(50, 450, "Customers stay loyal when we know them.")
        canvas.setFont("Helvetica", 0.8)
        canvas.drawString(50, 200, "Data is used to personalise.")

    assert {(text, why) for text, _, why in drawn(draw)} == {
        ("The drivers need the sheet by six.", None),
        ("Customers stay loyal when we know them. Data is used to personalise.", "hidden text"),
    }


def test_a_word_partly_in_bold_stays_whole() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 300)
        for font, part in (("Helvetica", "An un"), ("Helvetica-Bold", "happ"), ("Helvetica", "y customer rings.")):
            text.setFont(font, 12)
            text.textOut(part)
        canvas.drawText(text)

    assert drawn(draw) == [("An unhappy customer rings.", None, None)]


def test_white_text_right_behind_a_word_is_set_aside() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 300)
        text.textOut("They ring")
        text.setFillGray(1)
        text.textOut("back, and so on.")
        canvas.drawText(text)

    assert drawn(draw) == [("They ring", None, None), ("back, and so on.", None, "hidden text")]


def test_words_spread_over_a_justified_line_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 300)
        text.setWordSpace(30)
        text.textOut("A line pulled wide")
        canvas.drawText(text)

    assert drawn(draw) == [("A line pulled wide", None, None)]


def test_a_table_drawn_in_one_stroke_has_cells() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [280, 310])
        canvas.drawString(60, 290, "Internal")
        canvas.drawString(160, 290, "External")

    cells = [("Internal", "table 1, row 1, column 1", None), ("External", "table 1, row 1, column 2", None)]
    assert drawn(draw) == cells


def test_underlined_text_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (300, 280, 260):
            canvas.drawString(50, y, "Customers are important.")
            canvas.rect(50, y - 2, 130, 0.6, fill=1)

    assert [cell for _, cell, _ in drawn(draw)] == [None] * len(drawn(draw))


def test_where_bold_ends_is_told_and_a_bold_question_begins_a_paragraph() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400))
    lines = [("Say why it matters ", "people would not trust us with their address"), ("List the stages ", "we log it")]
    lines += [
        ("", "and we ring the customer back in two days, not the"),
        ("next ", "week as it was before, and that is why they stay"),
    ]
    for number, (bold, plain) in enumerate(lines):
        text = canvas.beginText(50, 360 - 14 * number)
        text.setFont("Helvetica-Bold", 10)
        text.textOut(bold)
        text.setFont("Helvetica", 10)
        text.textOut(plain)
        canvas.drawText(text)
    canvas.save()
    asked, listed, *_ = read_pdf(buffer.getvalue(), "drawn.pdf")[0]
    assert asked.text[asked.restyled or 0 :] == "people would not trust us with their address"
    assert listed.text.startswith("List the stages we log it")
