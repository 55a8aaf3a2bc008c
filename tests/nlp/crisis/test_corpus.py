"""Our own corpus over all kinds, read by the rules alone: misses and false alarms are listed, and only ever fewer."""

from pathlib import Path

import pytest
import yaml

from nlp import train_risk
from nlp.crisis import CrisisReader, tier_of
from nlp.labels import Kind, Tier
from tests.loaded import loaded

LISTED = yaml.load((Path(__file__).parent / "known.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
READER = loaded(CrisisReader)
LEAST = {"crisis": Tier.T2, "concern": Tier.T1}
EXAMPLES = train_risk.examples()
CORPUS = [row for row in EXAMPLES if row[2] is not None]
HARMLESS = [text for text, label, _ in EXAMPLES if label in ("look_alike", "none")]


@pytest.mark.parametrize("kind", sorted({kind for _, _, kind in CORPUS if kind}))
def test_what_is_missed_is_listed(kind: Kind) -> None:
    missed = {text for text, label, of in CORPUS if of is kind and tier_of(READER.read(text)) < LEAST[label]}
    listed = set(LISTED["missed"].get(kind.value, ()))
    assert missed - listed == set(), "missed by a change"
    assert listed - missed == set(), "heard now: take off the list"


def test_what_is_wrongly_flagged_is_listed() -> None:
    flagged = {text for text in HARMLESS if tier_of(READER.read(text)) > Tier.T0}
    assert flagged - set(LISTED["flagged"]) == set(), "flagged by a change"
    assert set(LISTED["flagged"]) - flagged == set(), "left alone now: take off the list"


def test_every_cue_hears_its_examples() -> None:
    for cue in READER.rules.cues:
        for line in cue.yes:
            assert cue.pattern.search(READER.folder.fold(line).text), (cue.id, line)


def test_a_cue_never_counts_by_itself() -> None:
    cues = {cue.id for cue in READER.rules.cues}
    for line in (line for cue in READER.rules.cues for line in cue.yes):
        assert all(signal.tier is Tier.T0 for signal in READER.read(line) if signal.rule in cues)
