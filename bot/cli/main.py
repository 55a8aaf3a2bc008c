"""`warmline`: every command in one tree. Each group of commands is a file of its own beside this one."""

import ctypes
import gc
import io
import os
import sys
from contextlib import suppress
from importlib import import_module

import typer

GROUPS = (
    "chat",
    "serve",
    "measure",
    "preview",
    "evaluate",
    "content",
    "keeping",
    "practitioner",
    "bench",
    "demo",
    "study",
    "scrub",
    "counts",
)
_ALONE = ("chat", "serve")  # what must start quickly imports no other command's libraries

# One thread for each product of matrices. They are small here: the threads that the library would start on its own
# only wait for one another in a busy loop, which was measured to take six times the processor time.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

# The C library keeps up to eight stores of memory for each core and shares them out among threads; what is free in one
# serves no other. With two, a process that reads messages holds 40 MB less and takes no longer.
_MALLOC_STORES, _STORES = -8, 2  # M_ARENA_MAX

# Python looks for waste after each 700 new things, and a start makes some 400,000 that stay.
_BETWEEN_LOOKS = 50_000


def tree(*groups: str) -> typer.Typer:
    """The commands of `groups`, or all."""
    app = typer.Typer(
        name="warmline",
        help="A program that listens. Start with: warmline chat",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(lambda: None)  # so that one command alone keeps its name
    for group in groups or GROUPS:
        import_module(f"bot.cli.{group}").add_to(app)
    return app


def run() -> None:
    """The entry point. A failure is one clear sentence on stderr and exit code 1; wrong usage is 2."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")  # before any library is imported that reads it
    gc.set_threshold(_BETWEEN_LOOKS)
    with suppress(AttributeError, OSError, TypeError):  # another C library has no such setting
        ctypes.CDLL(None).mallopt(_MALLOC_STORES, _STORES)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # results are UTF-8 whatever the machine's language is
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        tree(*(name for name in sys.argv[1:2] if name in _ALONE))()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        from bot.cli.failures import sentence_of

        sentence = sentence_of(error)
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        sys.exit(1)


if __name__ == "__main__":
    run()
