"""Who may see and change an offer or an order; `offer`, `order` and `session` may be a view or a row."""

from typing import Any

import rules

from fieldcast.accounts.access import has_role, works_for_authority
from fieldcast.accounts.types import Role


@rules.predicate
def buys(person: Any, order: Any) -> bool:
    """The order's buyer."""
    return bool(order.buyer_id == getattr(person, "pk", None))


@rules.predicate
def works_for_seller(person: Any, order: Any) -> bool:
    """Anyone with a role in the selling cooperative: staff pack too."""
    return has_role(person, order.seller_id)


@rules.predicate
def manages_seller(person: Any, order: Any) -> bool:
    """An owner or manager of the selling cooperative: money is theirs to give back."""
    return has_role(person, order.seller_id, Role.OWNER, Role.MANAGER)


@rules.predicate
def carries(person: Any, order: Any) -> bool:
    """Anyone of the carrier that has the parcel."""
    return order.carrier_id is not None and has_role(person, order.carrier_id)


@rules.predicate
def supervises(person: Any, order: Any) -> bool:
    """Someone of the county's authority."""
    return works_for_authority(person, order.county_id)


@rules.predicate
def heads_authority(person: Any, setting: Any) -> bool:
    """An owner or manager of the county's authority."""
    return works_for_authority(person, setting.county_id, Role.OWNER, Role.MANAGER)


@rules.predicate
def grew_its_goods(person: Any, terms: Any) -> bool:
    """Anyone of a household whose lots are or were offered under these terms."""
    return any(has_role(person, household) for household in terms.growers)


rules.add_perm("trade.view_order", buys | works_for_seller | carries | supervises)
rules.add_perm("trade.see_delivery", buys | works_for_seller | carries)
rules.add_perm("trade.pay_order", buys)
rules.add_perm("trade.cancel_order", buys)
rules.add_perm("trade.receive_order", buys)
rules.add_perm("trade.pack_order", works_for_seller)
rules.add_perm("trade.ship_order", works_for_seller)
rules.add_perm("trade.carry_order", carries)
rules.add_perm("trade.send_again", works_for_seller | supervises)
rules.add_perm("trade.refund_order", manages_seller)
rules.add_perm("trade.read_terms_of_goods", grew_its_goods)
# a request for money back: `order` may be its view
rules.add_perm("trade.ask_refund", buys)
rules.add_perm("trade.view_refund_request", buys | works_for_seller | supervises)
rules.add_perm("trade.answer_refund", manages_seller)
rules.add_perm("trade.object_refund", buys)
rules.add_perm("trade.decide_refund", supervises)
rules.add_perm("trade.appeal_refund", buys | manages_seller)
rules.add_perm("trade.set_after_sales", heads_authority)
# a conversation: `order` may be its view
rules.add_perm("trade.write_about_order", buys)
rules.add_perm("trade.write_to_buyer", works_for_seller)
rules.add_perm("trade.view_letters", buys | works_for_seller)
rules.add_perm("trade.answer_letters", works_for_seller)
rules.add_perm("trade.read_late_letters", supervises)
