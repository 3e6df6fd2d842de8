"""Reads of membership: whose farms belong to which cooperative."""

from fieldcast.catalog.models import Farm


def household_ids(*, cooperative_id: int) -> frozenset[int]:
    """The households whose farms belong to a cooperative."""
    rows = Farm.objects.filter(cooperative_id=cooperative_id, household__isnull=False)
    return frozenset(rows.values_list("household_id", flat=True))


def cooperative_ids(*, household_id: int) -> frozenset[int]:
    """The cooperatives that a household's farms belong to."""
    rows = Farm.objects.filter(household_id=household_id, cooperative__isnull=False)
    return frozenset(rows.values_list("cooperative_id", flat=True))
