"""City names and shared points to time zones, on this machine alone."""

import pytest

from bot.places import Atlas

ATLAS = Atlas()


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("münchen", "Europe/Berlin"),
        ("sao paulo", "America/Sao_Paulo"),
        ("NYC", "America/New_York"),
        ("London", "Europe/London"),  # far larger than its namesakes
        ("Birmingham, US", "America/Chicago"),
        ("Kiev", "Europe/Kyiv"),
    ],
)
async def test_a_city(name: str, zone: str) -> None:
    assert [place.zone for place in await ATLAS.find(name)] == [zone]


async def test_namesakes_are_told_apart() -> None:
    found = await ATLAS.find("Birmingham")
    assert {"Europe/London", "America/Chicago"} <= {place.zone for place in found}
    assert found[0].country == "GB" and len(found) <= 4


@pytest.mark.parametrize("name", ["", "x", "Nowhereville", "||", "a|b", "\ud83d", "п" * 5000])
async def test_what_is_no_city(name: str) -> None:
    assert list(await ATLAS.find(name)) == []


async def test_points_and_countries() -> None:
    assert await ATLAS.zone_at(52.5, 13.4) == "Europe/Berlin"
    assert await ATLAS.zone_at(999, 0) == ""
    assert list(await ATLAS.zones_of("DE")) == ["Europe/Berlin"]
    assert (await ATLAS.zones_of("US"))[0] == "America/New_York"
    assert list(await ATLAS.zones_of("XX")) == []
