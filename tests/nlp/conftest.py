"""One ear for all tests of this room: loading it takes seconds. The quantised model is kept between runs."""

from pathlib import Path

import pytest

from nlp.ear import Ear


@pytest.fixture(scope="session")
def model_cache(pytestconfig: pytest.Config) -> Path:
    """Where the quantised model is kept."""
    assert pytestconfig.cache is not None
    return Path(pytestconfig.cache.mkdir("model"))


@pytest.fixture(scope="session")
def ear(model_cache: Path) -> Ear:
    return Ear.load(model_cache)
