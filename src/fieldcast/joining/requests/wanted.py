"""What each kind of request asks for, and no more: read once for pages, programs and checks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from fieldcast.joining.requests.problems import AreaUnclear, LicenceUnclear, NotSaid, TooLong
from fieldcast.joining.requests.types import JoinKind
from fieldcast.kit.said import plain_digits, said

MOST_MU: Final = Decimal(9999)
CREDIT_CODE: Final = re.compile(r"[0-9A-Z]{18}")


@dataclass(frozen=True)
class Wanted:
    """One thing that is asked for, in words of at most `most` letters."""

    name: str
    most: int = 120
    needed: bool = True


WANTED: Final[Mapping[JoinKind, tuple[Wanted, ...]]] = {
    JoinKind.FARMER: (Wanted("grows", 80), Wanted("area_mu", 10)),
    JoinKind.SELLER: (Wanted("licence", 40), Wanted("sells", 120)),
    JoinKind.HOST: (
        Wanted("about", 200),
        Wanted("experience", 200, needed=False),
        Wanted("links", 300, needed=False),
    ),
    JoinKind.CARRIER: (Wanted("vehicles", 120), Wanted("cold", 5, needed=False), Wanted("townships", 200)),
}


def check_facts(kind: JoinKind, facts: Mapping[str, str]) -> dict[str, str]:
    """What was written as it is seen, what is not asked for left out.

    Raises `NotSaid`, `TooLong`, `AreaUnclear` and `LicenceUnclear`, each naming the field.
    """
    found = {one.name: said(facts.get(one.name, "")) for one in WANTED[kind]}
    for one in WANTED[kind]:
        if one.needed and not found[one.name]:
            raise NotSaid(field=one.name)
        if len(found[one.name]) > one.most:
            raise TooLong(field=one.name, most=one.most)
    if "area_mu" in found:
        found["area_mu"] = str(area_mu(found["area_mu"]))
    if "licence" in found:
        found["licence"] = licence_number(found["licence"])
    return {name: text for name, text in found.items() if text}


def licence_number(text: str) -> str:
    """A unified social credit code as it is printed: 18 letters and digits, typed with gaps or without.

    Its last sign is not worked out: whoever answers reads it off the photo. Raises `LicenceUnclear`.
    """
    plain = "".join(plain_digits(said(text)).split()).upper()
    if not CREDIT_CODE.fullmatch(plain):
        raise LicenceUnclear(field="licence")
    return plain


def area_mu(text: str) -> Decimal:
    """An area in mu as people write it, such as 3.5 or 3亩, to two places. Raises `AreaUnclear`."""
    plain = plain_digits(said(text)).removesuffix("亩").removesuffix("mu").strip()
    try:
        area = Decimal(plain)
    except InvalidOperation:
        raise AreaUnclear(field="area_mu") from None
    if not area.is_finite() or not 0 < area <= MOST_MU or round(area, 2) == 0:
        raise AreaUnclear(field="area_mu")
    return round(area, 2)
