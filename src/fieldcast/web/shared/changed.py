"""A version's terms in words, and what is different in them from the version before: for who signs and who votes."""

from typing import Any

from fieldcast.agreements import differences
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.web.shared.clauses import clauses, price_shown


def version_before(version: VersionView) -> VersionView | None:
    """The version before it."""
    earlier = agreements.versions_of(agreement_id=version.agreement_id)
    return next((one for one in earlier if one.number < version.number), None)


def terms_shown(version: VersionView) -> dict[str, Any]:
    """What `components/clauses.html` and `components/changed.html` show of a version."""
    products = {one.code: one for one in catalog.products(county_id=version.county_id)}
    before = version_before(version)
    changed = differences.between(before.terms.in_words(), version.terms.in_words()) if before else ()
    return {
        "version": version,
        "before": before,
        "clauses": clauses(version.terms, products),
        "changed": [
            (one, [(price_shown(price, products), was) for price, was in one.prices]) for one in changed
        ],
    }
