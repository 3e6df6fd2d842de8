"""The clauses that share an order line, a module each."""

from collections.abc import Callable, Mapping

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.line.borne import Borne
from fieldcast.agreements.composed.line.guarantee import Guarantee
from fieldcast.agreements.composed.line.per_pack import PerPack
from fieldcast.agreements.composed.line.rebate import Rebate
from fieldcast.agreements.composed.line.rest import Rest
from fieldcast.agreements.composed.line.share_of_sales import ShareOfSales
from fieldcast.agreements.composed.line.split import Split
from fieldcast.agreements.composed.shapes import LineClause
from fieldcast.kit.errors import Sentence

LINE: Mapping[str, tuple[Sentence, Callable[[Fields], LineClause]]] = {
    one.kind: (one.title, one.read) for one in (ShareOfSales, PerPack, Guarantee, Borne, Rebate, Split, Rest)
}
