"""Personal details are found, near misses are not, and a mask keeps every place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marker.document import Document, Location, Passage, Submission, Unread
from marker.privacy import mask, masked, scan


def passage(text: str, paragraph: int = 1) -> Passage:
    return Passage(text, Location("log.docx", None, paragraph, None, 0, len(text)), "paragraph")


def found(text: str) -> list[tuple[str, str]]:
    return [(detail.kind, text[detail.location.start : detail.location.end]) for detail in scan([passage(text)])]


DETAILS = [
    ("write to ann.hill@example.co.uk.", "e-mail address", "ann.hill@example.co.uk"),
    ("(o'neil+shop@mail.example.org)", "e-mail address", "o'neil+shop@mail.example.org"),
    ("ring 07700 900123 today", "phone number", "07700 900123"),
    ("ring 07700900123.", "phone number", "07700900123"),
    ("07700 900 123", "phone number", "07700 900 123"),
    ("on 020 7946 0958,", "phone number", "020 7946 0958"),
    ("(020) 7946 0958", "phone number", "(020) 7946 0958"),
    ("0161 496 0123", "phone number", "0161 496 0123"),
    ("01632 960123", "phone number", "01632 960123"),
    ("(01632) 960 123", "phone number", "(01632) 960 123"),
    ("+44 7700 900123", "phone number", "+44 7700 900123"),
    ("+44 (0)20 7946 0958", "phone number", "+44 (0)20 7946 0958"),
    ("0044 161 496 0123", "phone number", "0044 161 496 0123"),
    ("0800 496 0123", "phone number", "0800 496 0123"),
    ("lives at M1 1AA now", "postcode", "M1 1AA"),
    ("SW1A 2AA", "postcode", "SW1A 2AA"),
    ("EC1A1BB", "postcode", "EC1A1BB"),
    ("leeds ls1 4dy", "postcode", "ls1 4dy"),
    ("QQ is no prefix but AB 12 34 56 C is", "National Insurance number", "AB 12 34 56 C"),
    ("ab123456c", "National Insurance number", "ab123456c"),
    ("card 4111 1111 1111 1111", "payment card number", "4111 1111 1111 1111"),
    ("5555-5555-5555-4444", "payment card number", "5555-5555-5555-4444"),
    ("3782 822463 10005", "payment card number", "3782 822463 10005"),
    ("4111111111111111", "payment card number", "4111111111111111"),
    ("12-34-56 12345678", "bank account number", "12-34-56 12345678"),
    ("12 34 56, account 12345678", "bank account number", "12 34 56, account 12345678"),
    ("Account number: 12345678", "bank account number", "12345678"),
    ("a/c no. 12345678", "bank account number", "12345678"),
    ("sort code 12-34-56", "sort code", "12-34-56"),
    ("GB29 NWBK 6016 1331 9268 19", "bank account number", "GB29 NWBK 6016 1331 9268 19"),
]


@pytest.mark.parametrize(("text", "kind", "detail"), DETAILS)
def test_a_detail_is_found_whole(text: str, kind: str, detail: str) -> None:
    assert found(text) == [(kind, detail)]


NEAR_MISSES = [
    "order number 07700900123", "ref: 01632960123", "tracking no 0161 496 0123", "invoice 02079460958",
    "on 03/03/2026 at 10:45", "3 March 2026", "2026-03-03", "03.03.2026", "it was 10.30 to 11.45", "0900 to 1700",
    "£1,250.00", "£07700 900123", "1,234,567", "12345678", "0.12345678901", "0123456789012345678",
    "the date 12-03-26 was late", "12-03-26 and 14-03-26", "5 x 12 = 60", "120 of 345 in 2024",
    "4111 1111 1111 1112", "0000 0000 0000 0000", "1234567812345678", "ISBN 9780306406157",
    "AC 1.2", "A1 and B4", "LO1 2.3", "unit B2 3rd floor", "w8 4th floor", "Q1 2AB", "ZZ1 1ZZ", "M1 and M62", "M1 1A",
    "L2 business", "room E1 4", "GB 12 34 56 C", "AB 12 34 56 E", "AB 12 34 5 C", "CO2 1st",
    "@dawn", "name@", "a@b", "meet @ 10.30", "5 @ £2.50", "example.com", "www.example.co.uk/a", "version 1.2.3.4",
    "ISO 9001 and BS 10002", "07", "0800", "999 or 101", "2019 2020 2021 2022", "00000 000000", "T-1234567",
    "HX12/345/6789", "12 34 56 were the numbers", "10 20 30", "ext 4021", "order #1002003004", "SKU 02079460958",
]  # fmt: skip


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_what_only_looks_like_a_detail_is_left(text: str) -> None:
    assert found(text) == []
    assert mask(text) == text


def test_details_are_placed_within_their_passages() -> None:
    first = passage("Nothing here.")
    second = passage("Ann (ann@example.org) lives at M1 1AA.", 2).stretch(4, 38)
    details = scan(Document("log.docx", "", "docx", (first, second)))
    assert [(detail.kind, detail.location.paragraph, detail.location.start) for detail in details] == [
        ("e-mail address", 2, 5),
        ("postcode", 2, 31),
    ]


def test_a_mask_hides_details_in_names_reasons_and_what_is_unread_too() -> None:
    name = "to ann@example.org.eml"
    where = Location(name, None, 1, None, 0, 9, "Letter to ann@example.org", None, 1, "ann@example.org")
    earlier = Passage("Thank you", where, "paragraph", False, "message by ann@example.org")
    document = Document(name, "", "eml", (earlier,), (Unread("attachment 07700 900123.pdf", where),))
    shown = str(masked(Submission("Jo", (document,))))
    assert "example" not in shown and "07700" not in shown


def test_a_mask_is_as_long_as_what_it_hides() -> None:
    text = "Ring Ann on 07700 900123 or write to ann@example.org."
    assert mask(text) == "Ring Ann on ████████████ or write to ███████████████."
    assert mask(mask(text)) == mask(text)


@given(st.text("0123456789 -+()@.abAB£/", max_size=80))
def test_any_text_keeps_its_length_and_loses_its_details(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(a == b or b == "█" for a, b in zip(text, masked, strict=True))


@pytest.mark.parametrize("unit", ["0", "a", "1 ", "07700 9", "a.", "12-34-56 ", "sort code ", "GB", "@", "a@b.cc "])
def test_a_long_text_is_scanned_in_bounded_time(unit: str) -> None:
    start = time.perf_counter()
    mask(unit * (300_000 // len(unit)))
    assert time.perf_counter() - start < 10
