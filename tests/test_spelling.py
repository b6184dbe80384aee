import pytest

from marker.spelling import Speller, is_english

WORDS = {"customer": 50, "communication": 9, "complaint": 40, "policy": 30, "listen": 20, "voucher": 5, "colour": 5}


@pytest.fixture
def speller() -> Speller:
    return Speller(WORDS, is_english)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("the custamer made a complante", "the customer made a complaint"),
        ("our polisy says we lissen", "our policy says we listen"),
        ("a vowcher", "a voucher"),
        ("u n me wen it woz shut", "you and me when it was shut"),
        ("dont", "do not"),
        ("woud u carnt", "would you cannot"),
        ("comunicayshun", "communication"),
    ],
)
def test_misspelt_words_are_read_as_what_they_are_meant_to_be(speller: Speller, written: str, meant: str) -> None:
    assert speller.read(written) == meant


@pytest.mark.parametrize(
    "text", ["a compliant form", "Petra and Kev", "the organisation apologises", "CRM and GDPR", "x9z"]
)
def test_english_words_names_and_codes_are_left_alone(speller: Speller, text: str) -> None:
    assert speller.read(text) == text


def test_a_word_too_far_from_every_other_stays(speller: Speller) -> None:
    assert speller.read("qwrtzxcv") == "qwrtzxcv"
