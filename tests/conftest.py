from hypothesis import settings

# Deadlines fail on busy machines, and a random draw would make the suite pass one day and fail the next.
settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")
