"""What an order is of. Written when it is placed and, but for what is given back of it, never changed."""

from fieldcast.trade.models import OrderLine


def lines_of(order_id: int) -> list[OrderLine]:
    """The lines of an order: their lots, packs and terms may be read before its row is locked."""
    return list(OrderLine.objects.filter(order_id=order_id).order_by("id"))
