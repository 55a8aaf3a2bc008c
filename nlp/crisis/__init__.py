"""Hears risk: rules over the folded text, their context, and the tier they ask for together."""

from nlp.crisis.reader import CrisisReader
from nlp.crisis.tiers import tier_of

__all__ = ["CrisisReader", "tier_of"]
