"""What buyers have written when the demo begins: one letter that was answered, and one that waits for its seller."""

from datetime import datetime, timedelta

from fieldcast.demo.county import County
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.trade.types import OrderState

ASKED, ANSWERED = "葡萄路上要走几天？家里白天没人，能放门卫吗？", "三天左右到，写了放门卫，快递会先打电话。"
WAITS = "鸡蛋打包了吗？路上会不会碎，能不能多垫一层？"


def write_to_sellers(county: County, *, now: datetime) -> None:
    """The first shopper has asked about a parcel that is on its way, and asks about one that is packed."""
    buyer = county.consumers[0]
    for order in trade.orders_of_buyer(buyer_id=buyer.pk, state=OrderState.SHIPPED, per_page=1).items:
        found = trade_operations.write_about_order(
            by=buyer, order_id=order.id, words=ASKED, now=now - timedelta(hours=20)
        )
        trade_operations.write_letter(
            by=county.packers[0], conversation_id=found.id, words=ANSWERED, now=now - timedelta(hours=19)
        )
    for order in trade.orders_of_buyer(buyer_id=buyer.pk, state=OrderState.PACKED, per_page=1).items:
        trade_operations.write_about_order(
            by=buyer, order_id=order.id, words=WAITS, now=now - timedelta(minutes=25)
        )
