import pytest
from hypothesis import settings

# Deadlines fail on busy machines, and a random draw would make the suite pass one day and fail the next.
settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")


@pytest.fixture
def account() -> tuple[str, ...]:
    """Sentences that are surely the learner's own, of which there are enough to judge others by."""
    return (
        "At our kennels I count the owners as my external customers because they pay us to look after their dogs.",
        "Pauline who does the feeding is my internal customer and she needs the diet sheet before eight.",
        "When somebody rings up cross I let them finish and then I say it back so they know I listened.",
        "I write it in the blue diary with their name, the dog and what went wrong.",
        "If it's the vet's bill I can't sort it so I take it to Mr Oakes the same day.",
        "We text the owners a photo on the second day and most of them book us again.",
    )
