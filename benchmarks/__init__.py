"""Timed or scored on demand, never part of the tests."""
