"""What tests of several rooms share: an ear that is loaded once in each worker, its model made once for all runs."""

import asyncio
import fcntl
import gc
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

# As `warmline` does for itself, before anything loads them: threads for products of small matrices only wait for one
# another in a busy loop, which took a third of the processor time of a whole run in two workers.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

# Examples are judged by what they show, not by how long a busy machine took to draw or run one: on a first run the
# tables of Unicode alone take seconds.
settings.register_profile("warmline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("warmline")


_IN_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30  # bytes that must be free there


def pytest_configure(config: pytest.Config) -> None:
    """Databases of tests lie in memory where there is room: each waits for the disk at every commit, and no test here
    pulls the plug of the machine (a killed process loses nothing either way). What is long or measures keeps the disk.
    """
    writable = _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK)
    if config.option.markexpr == "not evidence" and writable and shutil.disk_usage(_IN_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_IN_MEMORY))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.sharing_out import ByWhatIsLoaded  # only where tests run in several workers

    config.option.loadscopereorder = False  # in the order of their folders, which ends with short ones
    return ByWhatIsLoaded(config, log)


def pytest_collection_finish() -> None:
    """What was loaded so far stays for good: looking through it for garbage again and again is a twentieth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def pytest_unconfigure() -> None:
    gc.unfreeze()  # libraries that count what is left at the end would take it for leaked


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-transcripts", action="store_true", help="write docs/transcripts anew")


if TYPE_CHECKING:
    from nlp.ear import Ear
    from nlp.scrub.find import Finder


@pytest.fixture(scope="session")
def model_cache(pytestconfig: pytest.Config) -> Path:
    """Where the quantised model lies, made if it is not there yet: by one worker, while the others wait for it."""
    from nlp.embedding import parts  # slow to load, and most tests do without

    assert pytestconfig.cache is not None
    folder = Path(pytestconfig.cache.mkdir("model"))
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        parts(folder)
    return folder


@pytest.fixture(scope="session")
def ear(model_cache: Path) -> "Ear":
    """The whole ear, as `chat` and `serve` load it."""
    from nlp.ear import Ear  # as above

    return Ear.load(model_cache)


@pytest.fixture(scope="session")
def finder(model_cache: Path) -> "Finder":
    """What finds identifiers, as `scrub` and `export` load it."""
    from nlp.scrub.find import Finder  # as above

    return Finder.load(model_cache)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all its tables, to be copied: making the tables anew for each test adds up."""
    from bot.store.opening import upgrade  # as above

    path = tmp_path_factory.mktemp("template") / "warmline.db"
    asyncio.run(upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture
def write_transcripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--write-transcripts"))
