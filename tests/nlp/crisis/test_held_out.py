"""Messages nobody trained on or wrote rules for: scored in aggregate, never learned from, no worse than they were."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from nlp import risk_head, train_risk
from nlp.crisis import CrisisReader, tier_of
from nlp.embedding import Embedding
from nlp.floor import Floor
from nlp.labels import Tier
from nlp.normalise import Normaliser
from nlp.risk_head import windows
from tests.loaded import loaded

HERE = Path(__file__).parent
BY_LABEL = yaml.load((HERE / "held_out.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
BY_KIND = yaml.load((HERE / "held_out_kinds.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)


def _by_kind() -> Iterator[tuple[str, str]]:
    for labels in BY_KIND.values():
        for label, lines in labels.items():
            yield from ((label, text) for text in lines)


def test_none_of_them_is_an_example() -> None:
    examples = {text.lower() for text, _, _ in train_risk.examples()}
    held = {text.lower() for lines in BY_LABEL.values() for text in lines} | {text.lower() for _, text in _by_kind()}
    assert len(held) > 600
    assert held & examples == set()


@pytest.fixture(scope="module")
def shares(model_cache: Path) -> dict[tuple[str, Tier], float]:
    """Of each label, the share read at a tier or above, by rules and head together."""
    reader, floor, head = loaded(CrisisReader), loaded(Floor), risk_head.load()
    embedding, normaliser = Embedding.load(model_cache), loaded(Normaliser)
    found: Counter[tuple[str, Tier]] = Counter()
    for label, text in _by_kind():
        pieces = windows(normaliser.normalise(text).text)
        weight = head.weigh([embedding.vector(piece) for piece in pieces], pieces)
        tier = tier_of(head.judged(reader.read(text), weight, len(text), plain=bool(floor.read(text))))
        found.update((label, least) for least in (Tier.T1, Tier.T2) if tier >= least)
    sizes = Counter(label for label, _ in _by_kind())
    return {(label, tier): found[label, tier] / size for label, size in sizes.items() for tier in (Tier.T1, Tier.T2)}


def test_danger_is_noticed_no_less_than_it_was(shares: dict[tuple[str, Tier], float]) -> None:
    assert shares["crisis", Tier.T2] >= 0.6
    assert shares["crisis", Tier.T1] >= 0.65
    assert shares["concern", Tier.T1] >= 0.4


def test_harmless_messages_are_left_alone_no_less_than_they_were(shares: dict[tuple[str, Tier], float]) -> None:
    assert shares["look_alike", Tier.T1] <= 0.08
    assert shares["none", Tier.T1] <= 0.03
