"""For operators: doctor, db upgrade, keys rotate, backup, restore."""

import asyncio
import sys
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from bot import logs, wiring
from bot.cli import drill
from bot.cli.checkup import State, checks
from bot.cli.existing import existing_database
from bot.cli.failures import CommandError
from bot.store import backup as copies
from bot.store.opening import upgrade
from bot.store.rotation import rotate_key_file

Config = Annotated[Path | None, typer.Option(help="settings file; ./config.yaml when left out")]
db = typer.Typer(help="The database's tables.", no_args_is_help=True)
keys = typer.Typer(help="The master key.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    app.command()(doctor)
    app.add_typer(db, name="db")
    app.add_typer(keys, name="keys")
    app.command()(backup)
    app.command()(restore)


def doctor(
    config: Config = None,
    online: Annotated[bool, typer.Option("--online", help="also ask Telegram whether the token holds")] = False,
    with_drill: Annotated[bool, typer.Option("--drill", help="also send a test alert to everyone on call")] = False,
    seconds: Annotated[float, typer.Option(help="how long a drill waits for everyone")] = 60.0,
) -> None:
    """Look at everything Warmline needs, one line each: ok, warn or fail. Exit 1 if anything failed.

    Nothing is changed; the ear's cache is made if it is not there. A drill tells everyone on the rota, on duty or not,
    by each of their ways, says that it is a drill, and fails when a way does.

    Example: warmline doctor --online
    """
    logs.set_up("critical")  # each fault is a line of its own below
    failed = 0
    for check in chain(checks(config, online), drill.run(config, seconds) if with_drill else ()):
        typer.echo(str(check))
        failed += check.state is State.FAIL
    if failed:
        raise CommandError(f"{failed} check{'s' if failed > 1 else ''} failed.")


@db.command("upgrade")
def db_upgrade(config: Config = None) -> None:
    """Bring the database's tables to this version. Make a backup first, and stop every running program.

    Example: warmline db upgrade
    """
    url, _ = _existing(config)
    typer.echo(f"The tables are of version {asyncio.run(upgrade(url))}.")


@keys.command("rotate")
def keys_rotate(config: Config = None) -> None:
    """Make a new master key and seal everything anew under it. Stop every running program first.

    The old key stays beside the new one, for older backups. Interrupted anywhere, run it again.

    Example: warmline keys rotate
    """
    url, path = _existing(config)
    count = asyncio.run(rotate_key_file(url, path))
    typer.echo(f"{count} rows sealed anew; the new key is at {path}.")
    sys.stderr.write(f"The old key is kept as {path}.old-... for older backups; destroy it when they are gone.\n")


def backup(to: Annotated[Path, typer.Argument(help="the new file")], config: Config = None) -> None:
    """Copy the SQLite database to a new file, also while Warmline runs. The key is not in it: keep that elsewhere.

    Example: warmline backup warmline-monday.db
    """
    url, _ = _existing(config)
    copies.backup(url, to)
    typer.echo(f"The database is copied to {to}.")


def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="a file that backup made")],
    replace: Annotated[bool, typer.Option("--replace", help="over the database that is there")] = False,
    config: Config = None,
) -> None:
    """Put a backup in the database's place. Stop every running program first.

    Example: warmline restore warmline-monday.db --replace
    """
    settings, home = wiring.read_settings(config)
    copies.restore(source, wiring.database_url(settings, home), replace=replace)
    typer.echo(f"The database is as it was in {source}.")
    sys.stderr.write("Whoever erased their data after that backup is in the database again: erase them once more.\n")


def _existing(config: Path | None) -> tuple[str, Path]:
    """The address of a database that is there, and its key's place. One made here would have no key."""
    settings, home = wiring.read_settings(config)
    return existing_database(settings, home), wiring.key_path(settings, home)
