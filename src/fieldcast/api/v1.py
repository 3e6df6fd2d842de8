"""The API's root: one router a domain; tokens or the browser's session; every refusal in one shape."""

from django.conf import settings
from ninja import NinjaAPI
from ninja.operation import Operation

from fieldcast.api import problems
from fieldcast.api.accounts.endpoints import router as accounts
from fieldcast.api.aftersales.endpoints import router as aftersales
from fieldcast.api.agreements.endpoints import router as agreements
from fieldcast.api.auth import ANYONE_SIGNED_IN
from fieldcast.api.carrying.endpoints import router as carrying
from fieldcast.api.catalog.endpoints import router as catalog
from fieldcast.api.cover.endpoints import router as cover
from fieldcast.api.demo.endpoints import router as demo
from fieldcast.api.joining.endpoints import router as joining
from fieldcast.api.letters.endpoints import router as letters
from fieldcast.api.live.endpoints import router as live
from fieldcast.api.reading import CarefulParser
from fieldcast.api.settlement.endpoints import router as settlement
from fieldcast.api.supervision.endpoints import router as supervision
from fieldcast.api.supply.endpoints import router as supply
from fieldcast.api.trade.endpoints import router as trade


class NamedAPI(NinjaAPI):
    """Operations are named as programs made from the schema call them: short, and not by where the code lies."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """`place_order` as `placeOrder`. Names are kept: whoever made a program from them calls it by them."""
        first, *rest = operation.view_func.__name__.split("_")
        return first + "".join(word.capitalize() for word in rest)


api = NamedAPI(
    title="Fieldcast API",
    version="1",
    description="The same operations as the pages. Amounts are fen, times ISO 8601, quantities in the lot's unit.",
    urls_namespace="api-v1",
    docs_url="/docs",
    auth=ANYONE_SIGNED_IN,
    parser=CarefulParser(),
)
problems.install(api)
for router in (
    accounts,
    catalog,
    agreements,
    live,
    trade,
    aftersales,
    letters,
    carrying,
    joining,
    cover,
    settlement,
    supervision,
    supply,
):
    api.add_router("", router)
if settings.DEMO:
    api.add_router("/demo", demo)
