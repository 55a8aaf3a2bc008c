"""Messages nobody trained on or wrote rules for: scored in aggregate, never learned from, no worse than they were."""

from collections import Counter
from collections.abc import Callable, Iterator
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
MORE = yaml.load((HERE / "held_out_more.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
BY_KIND = yaml.load((HERE / "held_out_kinds.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
OBLIQUE = yaml.load((HERE / "held_out_fresh.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)

Kinds = dict[str, dict[str, list[str]]]


def _all(kinds: Kinds) -> Iterator[tuple[str, str]]:
    for labels in kinds.values():
        for label, lines in labels.items():
            yield from ((label, text) for text in lines)


def test_none_of_them_is_an_example() -> None:
    examples = {text.lower() for text, _, _ in train_risk.examples()}
    held = {text.lower() for table in (BY_LABEL, MORE) for lines in table.values() for text in lines}
    held |= {text.lower() for kinds in (BY_KIND, OBLIQUE) for _, text in _all(kinds)}
    assert len(held) > 1_550
    assert held & examples == set()


Shares = dict[tuple[str, Tier], float]
Reads = Callable[[str], Tier]


@pytest.fixture(scope="module")
def reads(model_cache: Path) -> Reads:
    """The tier of a text by rules and head together."""
    reader, floor, head = loaded(CrisisReader), loaded(Floor), risk_head.load()
    embedding, normaliser = Embedding.load(model_cache), loaded(Normaliser)

    def tier(text: str) -> Tier:
        pieces = windows(normaliser.normalise(text).text)
        weight = head.weigh([embedding.vector(piece) for piece in pieces], pieces)
        return tier_of(head.judged(reader.read(text), weight, len(text), plain=bool(floor.read(text))))

    return tier


@pytest.fixture(scope="module")
def shares(reads: Reads) -> Shares:
    """Of each label, the share of the messages by kind that is read at a tier or above."""
    return _shares(reads, list(_all(BY_KIND)))


@pytest.fixture(scope="module")
def later(reads: Reads) -> Shares:
    """The same of the third batch."""
    return _shares(reads, [(label, text) for label, lines in MORE.items() for text in lines])


@pytest.fixture(scope="module")
def oblique(reads: Reads) -> Shares:
    """The same of the fourth batch."""
    return _shares(reads, list(_all(OBLIQUE)))


def _shares(reads: Reads, rows: list[tuple[str, str]]) -> Shares:
    found: Counter[tuple[str, Tier]] = Counter()
    for label, text in rows:
        tier = reads(text)
        found.update((label, least) for least in (Tier.T1, Tier.T2) if tier >= least)
    sizes = Counter(label for label, _ in rows)
    return {(label, tier): found[label, tier] / size for label, size in sizes.items() for tier in (Tier.T1, Tier.T2)}


def test_danger_is_noticed_no_less_than_it_was(shares: Shares) -> None:
    assert shares["crisis", Tier.T2] >= 0.6
    assert shares["crisis", Tier.T1] >= 0.65
    assert shares["concern", Tier.T1] >= 0.4


def test_harmless_messages_are_left_alone_no_less_than_they_were(shares: Shares) -> None:
    assert shares["look_alike", Tier.T1] <= 0.08
    assert shares["none", Tier.T1] <= 0.03


def test_the_third_batch_is_read_no_worse_than_it_was(later: Shares) -> None:
    assert later["crisis", Tier.T2] >= 0.72
    assert later["crisis", Tier.T1] >= 0.75
    assert later["concern", Tier.T1] >= 0.64
    assert later["look_alike", Tier.T1] <= 0.05
    assert later["none", Tier.T1] <= 0.04


def test_danger_told_obliquely_is_noticed_no_less_than_it_was(oblique: Shares) -> None:
    assert oblique["crisis", Tier.T2] >= 0.6
    assert oblique["crisis", Tier.T1] >= 0.66
    assert oblique["concern", Tier.T1] >= 0.3


def test_heavy_and_risky_sounding_talk_is_left_alone_no_less_than_it_was(oblique: Shares) -> None:
    assert oblique["look_alike", Tier.T1] <= 0.055
    assert oblique["none", Tier.T1] <= 0.03
