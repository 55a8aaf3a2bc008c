"""Installs a lock file and Warmline itself into the environment this runs in: `python tools/install.py LOCK`.

Every package is checked against the lock's hashes. uv is several times quicker than pip and is tried first; where it
cannot be had, or cannot reach the packages (a mirror that only pip's configuration names), pip does the same.
Byte code is written at once: a start that had to compile every file would take twice as long.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
OWN = ("bot", "nlp", "responses")
UV = (sys.executable, "-m", "uv", "pip")


def run(*command: str, quiet: bool = False) -> bool:
    sink = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, cwd=ROOT, check=False, stdout=sink, stderr=sink).returncode == 0  # noqa: S603


def pinned(lock: Path, package: str) -> str:
    lines = (line.split(" ")[0] for line in lock.read_text(encoding="utf-8").splitlines())
    return next((line for line in lines if line.startswith(f"{package}==")), package)


def main(lock: Path) -> int:
    quick = run(*PIP, "install", pinned(lock, "uv"), quiet=True) and run(
        *UV, "install", "-q", "--compile-bytecode", "--require-hashes", "-r", str(lock), quiet=True
    )
    if not quick and not run(*PIP, "install", "--require-hashes", "-r", str(lock)):
        sys.stderr.write("The packages could not be installed; the lines above say which.\n")
        return 1
    run(sys.executable, "-m", "compileall", "-q", *OWN, quiet=True)
    return 0 if run(*PIP, "install", "--no-deps", "--no-build-isolation", "-e", ".", quiet=True) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
