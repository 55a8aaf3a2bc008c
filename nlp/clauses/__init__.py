"""Finds what of a message may be said back: cuts it into clauses, frames them, guards them, turns "I" to "you"."""

from nlp.clauses.bits import BitReader
from nlp.clauses.reader import ClauseReader

__all__ = ["BitReader", "ClauseReader"]
