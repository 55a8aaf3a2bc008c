"""Which worker runs what, when tests run in several: a file is one worker's, and so are all files that share a load.

The ear, the scrubber and the readers of risk take seconds each to load. Handed out test by test, every worker would
load all of them.
"""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "the scrubber": ("tests/nlp/scrub/", "tests/bot/cli/test_scrub.py"),
    "the ear and the linter": (
        "tests/bot/cli/",
        "tests/bot/console/test_browser.py",
        "tests/nlp/test_ear.py",
        "tests/nlp/test_feelings_held_out.py",
        "tests/responses/test_lint.py",
    ),
    "the readers of risk": ("tests/nlp/crisis/", "tests/nlp/test_risk_head.py"),
    "the themes": ("tests/nlp/test_themes.py", "tests/nlp/test_patterns.py"),
    "the exports": ("tests/bot/research/",),
    "PostgreSQL": ("tests/bot/store/",),
}


class ByWhatIsLoaded(LoadScopeScheduling):
    """Hands out files, those of one row of `TOGETHER` as one."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((name for name, places in TOGETHER.items() if file.startswith(places)), file)
