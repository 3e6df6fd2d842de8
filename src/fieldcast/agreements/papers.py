"""A version of an agreement as a PDF: parties, every clause, a box worked out, whether penalties deter, who agreed how
and when, and the hash by which anyone finds out whether the paper is what was signed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.agreements import queries
from fieldcast.agreements.calculation import LineFacts, explain, kind_title, role_title, shares_of
from fieldcast.agreements.calculation.deductions import ANYONE
from fieldcast.agreements.clauses.words import money
from fieldcast.agreements.concerns import deterrence
from fieldcast.agreements.roles import ROLES
from fieldcast.agreements.types import ConsentView, VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import ProductView
from fieldcast.catalog.words import UNITS
from fieldcast.kit.paper import Paper

MARK: Final = "fieldcast:agreement:"  # pages/verify.js reads it out of the file


@dataclass(frozen=True)
class Box:
    """A box to work the terms out on: of which product, how many lot units in it, its price."""

    product_code: str
    pack_units: int
    price_fen: int


def verify_address(sha256: str) -> str:
    """Where anyone finds out whether a version with this hash was signed."""
    return f"{settings.PUBLIC_URL}/agreements/verify/{sha256}/"


def write(version: VersionView, *, box: Box | None) -> bytes:
    """The PDF, in the active language. Raises `PaperFontMissing` where the server has no font for it."""
    consents = queries.consents_of(version_id=version.id)
    products = {one.code: one for one in catalog.products(county_id=version.county_id)}
    title = gettext("%(name)s, version %(number)s") % {"name": _name(version), "number": version.number}
    made_at = max([version.created_at, *(one.at for one in consents)])
    address = verify_address(version.sha256)
    footer = (f"SHA-256 {version.sha256}", address)
    paper = Paper(
        title, lang=get_language() or "", made_at=made_at, footer=footer, mark=MARK + version.sha256
    )
    paper.paragraph(
        gettext("Written on %(day)s.") % {"day": _day(version.created_at)} + f" {version.note}", small=True
    )
    _parties(paper, version)
    _clauses(paper, version, products)
    if box is not None:
        _box(paper, version, products, box)
    _deterrence(paper, version)
    _consents(paper, version, consents)
    paper.heading(gettext("Is this what was signed?"))
    paper.code(
        address,
        gettext(
            "Scan this, or open the address: it says whether a version with the hash below was signed, between whom, "
            "when, and whether it is in force."
        ),
    )
    return paper.paragraph(f"SHA-256: {version.sha256}", small=True).bytes()


def _parties(paper: Paper, version: VersionView) -> None:
    named = accounts.organisations_by_ids(ids=set(version.parties.values()))
    rows = [(str(ROLES[role].party), _local(named[party])) for role, party in version.parties.items()]
    paper.heading(pgettext("paper", "Parties"))
    paper.table((pgettext("paper", "As what"), pgettext("paper", "Who")), rows, widths=(1, 2))


def _clauses(paper: Paper, version: VersionView, products: Mapping[str, ProductView]) -> None:
    paper.heading(gettext("What was agreed"))
    for one in version.terms.in_words():
        paper.paragraph(f"{one.number}  {one.title}", bold=True)
        paper.paragraph(one.text)
        if one.prices:
            rows = [
                (*_goods(price.product_code, price.grade, products), money(price.fen)) for price in one.prices
            ]
            columns = (
                pgettext("paper", "Product"),
                pgettext("paper", "For each"),
                pgettext("paper", "Price"),
            )
            paper.table(columns, rows, widths=(3, 1, 1), numbers=(2,))


def _box(paper: Paper, version: VersionView, products: Mapping[str, ProductView], box: Box) -> None:
    line = LineFacts(
        order_line_id=0,
        product_code=box.product_code,
        grade=version.terms.usual_grade(box.product_code),
        packs=1,
        units_per_pack=box.pack_units,
        price_fen=box.price_fen,
        refunded_fen=0,
        parties=ANYONE,
    )
    name, unit = _goods(box.product_code, line.grade, products, number=box.pack_units)
    paper.heading(gettext("Worked out on one box"))
    said = gettext("%(name)s, %(number)s %(unit)s, sold at %(price)s.")
    places = {"name": name, "number": box.pack_units, "unit": unit, "price": money(box.price_fen)}
    paper.paragraph(said % places)
    rows = [
        (str(role_title(one.role)), f"{kind_title(one.kind)}: {explain(one)}", money(one.amount_fen))
        for one in shares_of(line=line, terms=version.terms)
    ]
    columns = (pgettext("paper", "Who"), pgettext("paper", "Why"), pgettext("paper", "How much"))
    paper.table(columns, rows, widths=(2, 5, 1.4), numbers=(2,))


def _deterrence(paper: Paper, version: VersionView) -> None:
    found = deterrence(version.terms)
    if not found:
        return
    paper.heading(gettext("Do the penalties deter?"))
    for term, _check, sentence in found:
        paper.paragraph(f"{term.clause}  “{term.breach}”: {sentence}")


def _consents(paper: Paper, version: VersionView, consents: Sequence[ConsentView]) -> None:
    paper.heading(gettext("Who agreed"))
    rows = [(_party(one), how_signed(one), _moment(one.at)) for one in consents]
    if rows:
        columns = (pgettext("paper", "Party"), pgettext("paper", "How"), pgettext("paper", "When"))
        paper.table(columns, rows, widths=(3, 4, 2.4))
    for one in consents:
        for accepted in one.accepted:
            places = {"name": _party(one), "clause": accepted.clause, "sentence": accepted.sentence}
            paper.paragraph(
                gettext("%(name)s accepted of clause %(clause)s: %(sentence)s") % places, small=True
            )
    missing = set(version.signers) - {one.organisation_id for one in consents}
    if missing:
        named = accounts.organisations_by_ids(ids=missing)
        names = gettext(", ").join(_local(named[party]) for party in version.signers if party in missing)
        paper.paragraph(gettext("Not agreed yet: %(names)s.") % {"names": names}, bold=True)


def how_signed(one: ConsentView) -> str:
    """By whose hand, in the active language."""
    if one.sheet_id is None:
        return gettext("signed by %(person)s") % {"person": one.person}
    return gettext("signed on paper; %(person)s entered the sheet") % {"person": one.person}


def _party(one: ConsentView) -> str:
    english = (get_language() or "").startswith("en") and one.organisation_en
    name = english or one.organisation
    return gettext("household %(name)s") % {"name": name} if one.kind == OrganisationKind.HOUSEHOLD else name


def _goods(code: str, grade: str, products: Mapping[str, ProductView], *, number: int = 1) -> tuple[str, str]:
    product = products.get(code)
    if product is None:
        return f"{code} {grade}".strip(), ""
    one, several = UNITS[product.unit]
    return f"{_local(product)} {grade}".strip(), str(one if number == 1 else several)


def _local(one: OrganisationRef | ProductView) -> str:
    english = (get_language() or "").startswith("en") and one.name_en
    return english or one.name


def _name(version: VersionView) -> str:
    english = (get_language() or "").startswith("en") and version.name_en
    return english or version.name


def _day(at: datetime) -> str:
    return timezone.localtime(at).date().isoformat()


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
