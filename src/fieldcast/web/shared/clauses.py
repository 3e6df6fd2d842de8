"""Clauses of an agreement as people read them: on its own page, and in place wherever one is cited."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationRef
from fieldcast.agreements.agreed import AgreedTerms, Price
from fieldcast.agreements.roles import ROLES
from fieldcast.agreements.types import ConsentView, VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.catalog.types import ProductView
from fieldcast.kit.errors import Sentence
from fieldcast.web.shared.words import local_name, unit_name, yuan


@dataclass(frozen=True)
class ClauseShown:
    """A clause as people read it. `prices`, each product's name with its price, only where the clause says some."""

    number: int
    title: Sentence
    text: str
    prices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PartyShown:
    """Who takes part in an agreement, as what, and who of them agreed when, if they did."""

    organisation: OrganisationRef
    role: Sentence
    consent: ConsentView | None


def clauses(
    terms: AgreedTerms, products: Mapping[str, ProductView], *, only: Collection[str] | None = None
) -> list[ClauseShown]:
    """Every clause with its figures, products by their names; prices of `only` these products where it is given."""
    return [
        ClauseShown(
            one.number,
            one.title,
            one.text,
            tuple(
                price_shown(price, products)
                for price in one.prices
                if only is None or price.product_code in only
            ),
        )
        for one in terms.in_words()
    ]


def cited(
    versions: Iterable[VersionView], *, products: Collection[str]
) -> dict[tuple[int, int], ClauseShown]:
    """The clauses of versions by version and number, with the prices of these products: to stand where one is cited."""
    found = list(versions)
    named = {
        one.code: one
        for county in {one.county_id for one in found}
        for one in catalog.products(county_id=county)
    }
    return {
        (version.id, clause.number): clause
        for version in found
        for clause in clauses(version.terms, named, only=products)
    }


def parties_of(version: VersionView, consents: Sequence[ConsentView]) -> list[PartyShown]:
    """The parties of a version and what each has agreed to."""
    found = accounts.organisations_by_ids(ids=set(version.parties.values()))
    agreed = {one.organisation_id: one for one in consents}
    return [
        PartyShown(found[organisation_id], ROLES[role].party, agreed.get(organisation_id))
        for role, organisation_id in version.parties.items()
    ]


def price_shown(price: Price, products: Mapping[str, ProductView]) -> tuple[str, str]:
    """A price as people read it: the product with its grade, and the sum for a unit."""
    product = products.get(price.product_code)
    if product is None:
        return f"{price.product_code} {price.grade}".strip(), yuan(price.fen)
    return f"{local_name(product)} {price.grade}".strip(), f"{yuan(price.fen)}/{unit_name(product.unit, 1)}"
