"""What tests of several rooms share: an ear that is loaded once."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

# Examples are judged by what they show, not by how long a busy machine took to draw or run one: on a first run the
# tables of Unicode alone take seconds.
settings.register_profile("warmline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("warmline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-transcripts", action="store_true", help="write docs/transcripts anew")


if TYPE_CHECKING:
    from nlp.ear import Ear


@pytest.fixture(scope="session")
def ear(tmp_path_factory: pytest.TempPathFactory) -> "Ear":
    """The whole ear, as `chat` and `serve` load it. Its model is quantised into a cache that the workers share."""
    from nlp.ear import Ear  # slow to load, and most tests do without

    return Ear.load(tmp_path_factory.getbasetemp().parent / "ear-cache")


@pytest.fixture
def write_transcripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--write-transcripts"))
