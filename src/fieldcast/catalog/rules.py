"""Who may do what with lots."""

from typing import Any

import rules

from fieldcast.accounts.access import has_role, works_for_authority
from fieldcast.accounts.types import Role


@rules.predicate
def manages_lot(person: Any, lot: Any) -> bool:
    """An owner or manager of the lot's cooperative."""
    return has_role(person, lot.cooperative_id, Role.OWNER, Role.MANAGER)


@rules.predicate
def works_for_seller(person: Any, lot: Any) -> bool:
    """Anyone of the lot's cooperative; `lot` may be one of its files."""
    return has_role(person, lot.cooperative_id)


@rules.predicate
def shown_to_everyone(_person: Any, file: Any) -> bool:
    """A photo of a lot that was meant for everyone and is not withdrawn."""
    return bool(file.public) and file.withdrawn_at is None


@rules.predicate
def supervises_lot(person: Any, lot: Any) -> bool:
    """Someone of the county's authority."""
    return works_for_authority(person, lot.county_id)


@rules.predicate
def manages_plot(person: Any, plot: Any) -> bool:
    """An owner or manager of the cooperative whose member farms the plot."""
    return plot.cooperative_id is not None and has_role(person, plot.cooperative_id, Role.OWNER, Role.MANAGER)


rules.add_perm("catalog.manage_lot", manages_lot)
rules.add_perm("catalog.manage_plot", manages_plot)
rules.add_perm("catalog.keep_lot_files", works_for_seller)
rules.add_perm("catalog.see_public_photo", shown_to_everyone)
rules.add_perm("catalog.stop_lot", manages_lot | supervises_lot)
