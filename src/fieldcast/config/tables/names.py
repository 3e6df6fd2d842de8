"""What tables and columns are called in the admin, one and several.

Given at start and not in each model: a word is no change of a table, so no room needs a migration for it.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.apps import apps
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.kit.errors import Sentence

ROOMS: Final[Mapping[str, Sentence]] = {
    "accounts": _("People and organisations"),
    "ledger": _("The book"),
    "files": _("Files"),
    "inbox": _("Messages to people"),
    "desk": _("What waits for whom"),
    "recovery": _("Forgotten passwords"),
    "catalog": _("What is grown"),
    "joining": _("Requests and invitations"),
    "trace": _("What happened to lots"),
    "live": _("The live room"),
    "agreements": _("Agreements"),
    "trade": _("Trade"),
    "settlement": _("Settlement"),
    "supervision": _("Supervision"),
    "procrastinate": _("Background jobs"),
}
# (one, several)
TABLES: Final[Mapping[str, tuple[Sentence, Sentence]]] = {
    "accounts.county": (in_context("table", "county"), in_context("table", "counties")),
    "accounts.village": (in_context("table", "village"), in_context("table", "villages")),
    "accounts.organisation": (in_context("table", "organisation"), in_context("table", "organisations")),
    "accounts.person": (in_context("table", "person"), in_context("table", "people")),
    "accounts.membership": (in_context("table", "role"), in_context("table", "roles")),
    "ledger.account": (in_context("table", "account"), in_context("table", "accounts")),
    "ledger.transfer": (in_context("table", "transfer"), in_context("table", "transfers")),
    "ledger.hold": (in_context("table", "sum set aside"), in_context("table", "sums set aside")),
    "files.keptfile": (in_context("table", "file"), in_context("table", "files")),
    "inbox.message": (in_context("table", "message"), in_context("table", "messages")),
    "desk.item": (in_context("table", "matter on a desk"), in_context("table", "matters on desks")),
    "recovery.resetcode": (
        in_context("table", "code for a new password"),
        in_context("table", "codes for new passwords"),
    ),
    "recovery.codeend": (in_context("table", "end of a code"), in_context("table", "ends of codes")),
    "desk.itemstep": (in_context("table", "step of a matter"), in_context("table", "steps of matters")),
    "catalog.product": (in_context("table", "product"), in_context("table", "products")),
    "catalog.farm": (in_context("table", "farm"), in_context("table", "farms")),
    "catalog.plot": (in_context("table", "plot"), in_context("table", "plots")),
    "catalog.lot": (in_context("table", "lot"), in_context("table", "lots")),
    "catalog.lotfile": (
        in_context("table", "photo or paper of a lot"),
        in_context("table", "photos and papers of lots"),
    ),
    "joining.joinrequest": (in_context("table", "request to join"), in_context("table", "requests to join")),
    "joining.invitation": (in_context("table", "invitation"), in_context("table", "invitations")),
    "trace.lotevent": (in_context("table", "event of a lot"), in_context("table", "events of lots")),
    "live.session": (in_context("table", "live session"), in_context("table", "live sessions")),
    "live.sessionsource": (
        in_context("table", "source of a session"),
        in_context("table", "sources of sessions"),
    ),
    "live.message": (in_context("table", "line of chat"), in_context("table", "lines of chat")),
    "live.transcriptline": (
        in_context("table", "line of a transcript"),
        in_context("table", "lines of transcripts"),
    ),
    "agreements.agreement": (in_context("table", "agreement"), in_context("table", "agreements")),
    "agreements.agreementversion": (
        in_context("table", "version of an agreement"),
        in_context("table", "versions of agreements"),
    ),
    "trade.lotstock": (in_context("table", "stock of a lot"), in_context("table", "stocks of lots")),
    "trade.offer": (in_context("table", "offer"), in_context("table", "offers")),
    "trade.giveback": (
        in_context("table", "giving back of a lot"),
        in_context("table", "givings back of lots"),
    ),
    "trade.order": (in_context("table", "order"), in_context("table", "orders")),
    "trade.payment": (in_context("table", "payment"), in_context("table", "payments")),
    "trade.paymentnotice": (in_context("table", "payment notice"), in_context("table", "payment notices")),
    "trade.forgednotice": (in_context("table", "forged notice"), in_context("table", "forged notices")),
    "trade.noticecount": (in_context("table", "count of notices"), in_context("table", "counts of notices")),
    "trade.refund": (in_context("table", "refund"), in_context("table", "refunds")),
    "trade.shipment": (in_context("table", "parcel"), in_context("table", "parcels")),
    "trade.carrying": (in_context("table", "parcel's way"), in_context("table", "ways of parcels")),
    "trade.writeoff": (in_context("table", "write-off"), in_context("table", "write-offs")),
    "settlement.statement": (in_context("table", "statement"), in_context("table", "statements")),
    "supervision.salesreport": (
        in_context("table", "sales report of a host"),
        in_context("table", "sales reports of hosts"),
    ),
    "supervision.booksmark": (
        in_context("table", "reading of the books"),
        in_context("table", "readings of the books"),
    ),
    "procrastinate.procrastinatejob": (
        in_context("table", "background job"),
        in_context("table", "background jobs"),
    ),
}
# Columns that stand in several tables, by their name there.
COLUMNS: Final[Mapping[str, Sentence]] = {
    "amount_fen": in_context("table", "amount in fen"),
    "area_mu": in_context("table", "area in mu"),
    "at": in_context("table", "when"),
    "carrier": in_context("table", "carrier"),
    "category": in_context("table", "category"),
    "code": in_context("table", "code"),
    "cooperative": in_context("table", "cooperative"),
    "county": in_context("table", "county"),
    "created_at": in_context("table", "made at"),
    "display_name": in_context("table", "name others see"),
    "ended_at": in_context("table", "ended at"),
    "farm": in_context("table", "farm"),
    "harvested_on": in_context("table", "harvested on"),
    "host": in_context("table", "host"),
    "household": in_context("table", "household"),
    "is_active": in_context("table", "may sign in"),
    "is_staff": in_context("table", "administers"),
    "kind": in_context("table", "kind"),
    "lot": in_context("table", "lot"),
    "name": in_context("table", "name"),
    "name_en": in_context("table", "name in English"),
    "number": in_context("table", "number"),
    "order": in_context("table", "order"),
    "organisation": in_context("table", "organisation"),
    "outcome": in_context("table", "outcome"),
    "party": in_context("table", "party"),
    "person": in_context("table", "person"),
    "price_fen": in_context("table", "price in fen"),
    "product": in_context("table", "product"),
    "provider": in_context("table", "provider"),
    "province": in_context("table", "province"),
    "quantity": in_context("table", "quantity"),
    "reason": in_context("table", "reason"),
    "reference": in_context("table", "reference"),
    "role": in_context("table", "role"),
    "seller": in_context("table", "seller"),
    "session": in_context("table", "session"),
    "standing": in_context("table", "standing"),
    "starts_at": in_context("table", "begins at"),
    "state": in_context("table", "state"),
    "text": in_context("table", "text"),
    "title": in_context("table", "title"),
    "total_fen": in_context("table", "total in fen"),
    "tracking_number": in_context("table", "tracking number"),
    "unit": in_context("table", "unit"),
    "units": in_context("table", "units"),
    "village": in_context("table", "village"),
}
NOT_OURS: Final = ("account.emailaddress",)  # nobody signs in by mail here


def give(site: AdminSite) -> None:
    """Name every table of the site, its room and the columns that are known. What no room has is taken away."""
    for label in NOT_OURS:
        model = apps.get_model(label)
        if site.is_registered(model):
            site.unregister(model)
    for label, (one, several) in TABLES.items():
        model = apps.get_model(label)
        model._meta.verbose_name, model._meta.verbose_name_plural = one, several
        for field in model._meta.fields:
            if words := COLUMNS.get(field.name):
                field.verbose_name = words
    for room, words in ROOMS.items():
        config: Any = apps.get_app_config(room)  # typed as if a lazy word were none
        config.verbose_name = words
