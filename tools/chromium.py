"""Sees to it that the browser tests have a Chromium: `python tools/chromium.py` prints where it is.

Missing, it is installed with apt-get where that can be done (as root on Debian and its kin). Elsewhere the tests that
need it are left out and say so, except in CI, where they fail.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def found() -> str:
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def install() -> bool:
    apt = shutil.which("apt-get")
    if apt is None or os.name != "posix" or os.geteuid() != 0:
        return False
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    steps = ((apt, "-q", "update"), (apt, "-q", "install", "-y", "--no-install-recommends", "chromium"))
    return all(subprocess.run(step, check=False, **quiet).returncode == 0 for step in steps)  # noqa: S603


def main() -> int:
    if not found():
        sys.stderr.write("Installing Chromium for the browser tests (once, a minute) ...\n")
        install()
    sys.stdout.write(f"{found() or 'no Chromium: the browser tests are left out'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
