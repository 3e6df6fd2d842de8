"""A draft as people see it: its clauses as cards with what is wrong at each, and all of it before it is agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts import queries as accounts
from fieldcast.agreements import jumps
from fieldcast.agreements.composed import drafting
from fieldcast.agreements.composed.drafting import KINDS, Row
from fieldcast.agreements.problems import TermMissing, TermsRefused, TermUnknown
from fieldcast.agreements.roles import COOPERATIVE, ROLES
from fieldcast.agreements.types import VersionView
from fieldcast.agreements.usual import usual
from fieldcast.catalog.types import GRADES, ProductView
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.trade import queries as trade
from fieldcast.web.coop.drafts import Draft
from fieldcast.web.coop.forms.asked import Known
from fieldcast.web.coop.forms.asked_rows import prices_of
from fieldcast.web.coop.worked_out import example, sold_products
from fieldcast.web.shared.clauses import clauses
from fieldcast.web.shared.flow import flow_parts
from fieldcast.web.shared.words import local_name, unit_name, yuan
from fieldcast.web.shared.workplace import Workplace

SAID: Final[Mapping[str, Sentence]] = {
    "clauses": _("Of each sale"),
    "period_clauses": _("Of the month"),
    "promise_clauses": _("Promises"),
}
GROUPS: Final = [
    (SAID[name], [(kind, title) for kind, (title, _read) in kinds.items()]) for name, kinds in KINDS.items()
]
_SPARE_ROWS: Final = 3
_REFUSALS = (TermsRefused, TermMissing, TermUnknown)


@dataclass(frozen=True)
class Card:
    """A clause of a draft: its sentence, its prices, what is wrong with it, and whether it can move."""

    number: int
    group: Sentence  # said at the first of its list
    title: Sentence
    text: str
    prices: tuple[tuple[str, str], ...]
    wrong: str
    first: bool
    last: bool


def cards(
    draft: Draft, products: Sequence[ProductView], problem: Problem | None = None
) -> tuple[list[Card], str]:
    """Every clause, and what is wrong with the whole; `problem` is what was refused, else the draft is read."""
    refused = problem or _refusal(draft)
    at = refused.facts.get("clause") if refused else None
    named = {one.code: one for one in products}
    rows = draft.rows
    found = []
    for index, (number, name, row) in enumerate(rows):
        text, wrong = _said(row, number)
        if number == at:
            wrong = str(refused)
        found.append(
            Card(
                number=number,
                group=SAID[name] if index == 0 or rows[index - 1][1] != name else "",
                title=KINDS[name][row["kind"]][0],
                text=text,
                prices=_prices(row, named),
                wrong=wrong,
                first=index == 0 or rows[index - 1][1] != name,
                last=index + 1 == len(rows) or rows[index + 1][1] != name,
            )
        )
    above = str(refused) if refused and at not in {one.number for one in found} else ""
    return found, above


def known_of(
    draft: Draft,
    number: int,
    row: Row | None,
    products: Sequence[ProductView],
    version: VersionView | None,
    *,
    county_id: int,
) -> Known:
    """What clause `number` may name. The parties of a version stay, so a new one names no other roles."""
    roles = list(ROLES)
    if version is not None:
        roles = [role for role in ROLES if not ROLES[role].taken_by or role in version.parties]
    held = prices_of(row.get("price_fen")) if row else []
    used = [grade for _n, _l, one in draft.rows for _p, grade, _f in prices_of(one.get("price_fen")) if grade]
    return Known(
        roles=roles,
        pools=draft.pools,
        products=products,
        earlier=[
            (one, f"{one}. {_said(other, one)[0] or KINDS[name][other['kind']][0]}")
            for one, name, other in draft.rows
            if name == "clauses" and one < number and other["kind"] != "borne"
        ],
        grades=list(dict.fromkeys([*GRADES, *used])),
        price_rows=len(held) + _SPARE_ROWS,
        usual=usual(county_id=county_id),
    )


def looked_over(
    place: Workplace, version: VersionView | None, draft: Draft, products: Sequence[ProductView]
) -> dict[str, Any]:
    """The whole agreement in words, worked out on a box, with what jumps in it and who takes part."""
    terms = draft.terms()
    named = {one.code: one for one in products}
    sold = sold_products(terms, products)
    pack = trade.typical_pack(
        county_id=place.county_id,
        cooperative_id=place.id,
        host_id=version.host_id if version else None,
        terms=terms,
        product_codes=tuple(sold),
    )
    shown = example(
        terms, product=sold[pack.product_code], pack_units=pack.pack_units, price_fen=pack.price_fen
    )
    found = (
        jumps.of_revision(agreement_id=version.agreement_id, terms=terms)
        if version
        else jumps.of_new(cooperative_id=place.id, terms=terms)
    )
    return {
        "clauses": clauses(terms, named),
        "example": shown,
        "flow": flow_parts(shown.slices),
        "takers": _takers(place, draft, terms.roles),
        "jumps": [(named[one.product_code], one) for one in found],
    }


def _takers(place: Workplace, draft: Draft, roles: Mapping[str, int]) -> list[tuple[Sentence, str]]:
    """Who takes which role."""
    parties = {COOPERATIVE.name: place.id, **draft.parties}
    found = accounts.organisations_by_ids(ids=set(parties.values()))
    return [
        (ROLES[role].party, local_name(found[parties[role]]))
        for role in ROLES
        if role in roles and parties.get(role) in found
    ]


def _refusal(draft: Draft) -> Problem | None:
    try:
        draft.terms()
    except _REFUSALS as refused:
        return refused
    return None


def _said(row: Row, number: int) -> tuple[str, str]:
    """The sentence of a clause, or what keeps it from saying one."""
    try:
        return drafting.said_alone(row, number).says(), ""
    except _REFUSALS as refused:
        return "", str(refused)


def _prices(row: Row, products: Mapping[str, ProductView]) -> tuple[tuple[str, str], ...]:
    if row["kind"] != "guarantee":
        return ()
    found = []
    for code, grade, fen in prices_of(row.get("price_fen")):
        product = products.get(code)
        name = f"{local_name(product) if product else code} {grade}".strip()
        found.append((name, f"{yuan(fen)}/{unit_name(product.unit, 1)}" if product else yuan(fen)))
    return tuple(found)
