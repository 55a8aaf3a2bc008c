"""For operators: doctor, db upgrade, keys rotate, backup, restore."""

import typer


def add_to(app: typer.Typer) -> None:
    return
