"""Training text and what is learned from it. Not part of the installed package."""
