"""Reads of a cooperative's books, summed by the database."""

from collections import defaultdict
from datetime import datetime

from django.db.models import F, Q, Sum
from django.db.models.functions import TruncMonth

from fieldcast.agreements.roles import FARMER
from fieldcast.kit.months import CHINA
from fieldcast.settlement.books.types import MonthOfBooks, ProductSold
from fieldcast.settlement.models import SettledLine, StatementLine


def months_of(*, seller_id: int, since: datetime) -> tuple[MonthOfBooks, ...]:
    """Every month since then in which something of a seller's sales was settled, the newest first."""
    rows = StatementLine.objects.filter(
        Q(order_line__order__seller_id=seller_id) | Q(statement__sheet__seller_id=seller_id),
        statement__issued_at__gte=since,
    )
    rows = rows.annotate(month=TruncMonth("statement__issued_at", tzinfo=CHINA))
    found: dict[datetime, dict[str, int]] = defaultdict(dict)
    for month, role, fen in (
        rows.values_list("month", "statement__role").annotate(fen=Sum("amount_fen")).order_by()
    ):
        found[month][role] = fen
    return tuple(MonthOfBooks(month.date(), found[month]) for month in sorted(found, reverse=True))


def products_of(*, seller_id: int, since: datetime) -> tuple[ProductSold, ...]:
    """What was settled of each product of a seller since then, by the product's code."""
    product = F("order_line__lot__product__code")
    lines = SettledLine.objects.filter(order_line__order__seller_id=seller_id, settled_at__gte=since)
    units = F("order_line__packs") * F("order_line__pack_units")
    sold = lines.values_list(product).annotate(units=Sum(units), net=Sum("net_fen")).order_by()
    shares = StatementLine.objects.filter(
        order_line__in=lines.values("order_line_id"), statement__role=FARMER.name
    )
    farmers = dict(shares.values_list(product).annotate(fen=Sum("amount_fen")).order_by())
    return tuple(ProductSold(code, packed, net, farmers.get(code, 0)) for code, packed, net in sorted(sold))
