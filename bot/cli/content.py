"""For authors: try, library check|coverage|sign, helplines check."""

import typer


def add_to(app: typer.Typer) -> None:
    return
