"""A class at a time: find the submissions, mark them on every core, keep what is done, and report on the class."""

from marker.batch.run import run_batch

__all__ = ["run_batch"]
