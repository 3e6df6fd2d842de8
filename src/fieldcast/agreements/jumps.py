"""A guaranteed price that moves by more than a third is asked about again before it is agreed on."""

from collections.abc import Mapping

from fieldcast.agreements import queries
from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.problems import GuaranteeJumps
from fieldcast.agreements.types import Jump
from fieldcast.catalog import queries as catalog
from fieldcast.kit.money import jumps


def of_revision(*, agreement_id: int, terms: AgreedTerms) -> tuple[Jump, ...]:
    """What jumps from the latest version of an agreement to new terms."""
    return _between(queries.versions_of(agreement_id=agreement_id)[0].terms.guaranteed(), terms)


def of_new(*, cooperative_id: int, terms: AgreedTerms) -> tuple[Jump, ...]:
    """What jumps from what the cooperative guarantees for a product elsewhere, by the version that was made last."""
    before: dict[tuple[str, str], int] = {}
    for version in sorted(queries.current_of(organisation_id=cooperative_id), key=lambda one: one.id):
        before |= version.terms.guaranteed()
    return _between(before, terms)


def check(found: tuple[Jump, ...], *, county_id: int, confirmed: bool) -> None:
    """Raise `GuaranteeJumps` for the first, unless someone has looked again."""
    if found and not confirmed:
        names = {product.code: product.name for product in catalog.products(county_id=county_id)}
        first = found[0]
        raise GuaranteeJumps(
            product=f"{names[first.product_code]} {first.grade}".strip(),
            before_fen=first.before_fen,
            after_fen=first.after_fen,
        )


def _between(before: Mapping[tuple[str, str], int], terms: AgreedTerms) -> tuple[Jump, ...]:
    return tuple(
        Jump(product_code=code, grade=grade, before_fen=before[code, grade], after_fen=fen)
        for (code, grade), fen in terms.guaranteed().items()
        if (code, grade) in before and jumps(before[code, grade], fen)
    )
