"""What is asked at the doors of the administration: people found, roles given and ended, names changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

PERSON, ORGANISATION = "/office/people/<int:person_id>", "/office/organisations/<int:organisation_id>"
VILLAGE: Final = "/office/county/villages/<int:village_id>"
WHY: Final = {"reason": "身份已核对"}
NAMES: Final = {"name": "新名字", "name_en": "New name"}


def _sends(**send: Any) -> Callable[[Scene, str], Ask]:
    return lambda _scene, _role: Ask(send=send)


def _ends(s: Scene, _role: str) -> Ask:
    """The presenter's role at their host."""
    return Ask({"person_id": s.person("presenter").pk, "organisation_id": s.stall.host.id})


def _gives(s: Scene, _role: str) -> Ask:
    return Ask(send={**WHY, "organisation": s.stall.host.code, "role": "staff"})


def _becomes_a_federation(s: Scene, _role: str) -> Ask:
    """A cooperative that is in no federation itself."""
    return Ask({"organisation_id": s.neighbour.cooperative.id}, {**WHY, "form": "federation"})


OFFICE_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "POST /office/people/find/": _sends(phone="13900139000", **WHY),
    f"POST {PERSON}/roles/": _gives,
    f"GET {PERSON}/roles/<int:organisation_id>/end/": _ends,
    f"POST {PERSON}/roles/<int:organisation_id>/end/": lambda s, role: replace(_ends(s, role), send=WHY),
    f"POST {PERSON}/<slug:deed>/": _sends(**WHY),
    "POST /office/organisations/new/": _sends(kind="host", **NAMES),
    f"POST {ORGANISATION}/rename/": _sends(**NAMES),
    f"POST {ORGANISATION}/form/": _becomes_a_federation,
    f"POST {ORGANISATION}/standing/": _sends(standing="suspended", **WHY),
    "POST /office/county/rename/": _sends(**NAMES),
    "POST /office/county/villages/new/": _sends(**NAMES),
    f"POST {VILLAGE}/": _sends(**NAMES),
}
