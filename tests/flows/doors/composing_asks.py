"""What is asked at the doors of composed agreements: one is written down from a draft."""

from collections.abc import Callable, Mapping
from typing import Final

from fieldcast.agreements.composed.presets import PRESETS, combined
from fieldcast.web.coop.drafts import Draft
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene


def _composes(s: Scene, role: str) -> Ask:
    home = s.home(role)
    terms = combined([PRESETS["guarantee_rebate"]], prices={home.lot.product.code: {"": 380}})
    parties = {"host": home.host.id, "carrier": home.carrier.id}
    draft = Draft(name="黄桃秋季", parties=parties, lists={"clauses": terms["clauses"]})
    return Ask(send={"draft": draft.to_json(), "go": "save", "confirms_jump": "1"})


COMPOSING_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "POST /coop/agreements/compose/": _composes,
}
