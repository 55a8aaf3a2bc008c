"""`warmline`: every command in one tree. Each group of commands is a file of its own beside this one."""

import io
import sys

import typer

from bot.cli import bench, chat, content, evaluate, judge, keeping, measure, preview, serve
from bot.cli.failures import sentence_of

app = typer.Typer(
    name="warmline",
    help="A program that listens. Start with: warmline chat",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
chat.add_to(app)
serve.add_to(app)
measure.add_to(app)
preview.add_to(app)
evaluate.add_to(app)
judge.add_to(evaluate.app)
content.add_to(app)
keeping.add_to(app)
bench.add_to(app)


def run() -> None:
    """The entry point. A failure is one clear sentence on stderr and exit code 1; wrong usage is 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # results are UTF-8 whatever the machine's language is
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        sys.exit(1)


if __name__ == "__main__":
    run()
