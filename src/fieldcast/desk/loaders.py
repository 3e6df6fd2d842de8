"""Items reach a view only through here."""

from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.desk import queries
from fieldcast.desk.types import ItemView


def load_item(*, by: Actor, item_id: int) -> ItemView:
    """An item for those who may see it, answered or not. Raises `NotFound` for everyone else."""
    item = queries.item(item_id=item_id)
    require(by, "desk.see_item", item)
    return item
