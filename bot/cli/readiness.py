"""What a deployment that is no longer a trial must have before it may start: signed crisis words, checked helplines."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from bot.settings import Settings
from responses.helplines import OLDEST, Helplines
from responses.library import Library
from responses.signoff import MUST_BE_SIGNED, unsigned


def lacking(settings: Settings, library: Library, helplines: Helplines, today: date | None = None) -> list[str]:
    """One sentence for each thing that is missing outside a trial; nothing in a trial, which says so at each start."""
    if settings.deployment.trial:
        return []
    today = today or datetime.now(UTC).date()
    crisis = [entry for entry in library.live if entry.id.startswith(MUST_BE_SIGNED)]
    missing = len(unsigned(crisis))
    found = [f"{missing} of {len(crisis)} crisis entries are not signed by a clinician."] if missing else []
    if not settings.deployment.countries:
        found.append("No country is named in deployment.countries.")
    return [*found, *unverified(settings.deployment.countries, helplines, today)]


def unverified(countries: Iterable[str], helplines: Helplines, today: date) -> list[str]:
    """One sentence for each country without an emergency number and a helpline that somebody checked lately."""
    return [
        f"{country} has no {what} that was checked in the last {OLDEST} days."
        for country in countries
        for what, dates in (
            ("emergency number", [helplines.emergencies[country].verified_on] if helplines.knows(country) else []),
            ("helpline", [line.verified_on for line in helplines.lines if line.country == country]),
        )
        if not any(_fresh(day, today) for day in dates)
    ]


def _fresh(verified_on: str, today: date) -> bool:
    return bool(verified_on) and 0 <= (today - date.fromisoformat(verified_on)).days <= OLDEST
