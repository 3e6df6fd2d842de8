"""What is asked at the doors of performance bonds: a letter lodged, a penalty confirmed."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.bonds import CLAUSE, IN_A_YEAR
from tests.files.pictures import orchard, saved
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene


def _lodges(s: Scene, role: str) -> Ask:
    stall = s.home(role)
    file = SimpleUploadedFile("保函.jpg", saved(orchard((64, 48), shift=10)), content_type="image/jpeg")
    sent: dict[str, Any] = {"bond": f"{stall.version.agreement_id}.{stall.host.id}", "bank": "河湾农商行"}
    sent |= {"number": f"DOOR-{role}", "amount": "50", "valid_until": IN_A_YEAR.isoformat()}
    return Ask(send={**sent, "file": file, "compared": "on"})


def _penalises(s: Scene, role: str) -> Ask:
    what = {"penalty": f"{s.home(role).version.id}.{CLAUSE}", "decision": "2026-9"}
    return Ask(send={**what, "amount": "5", "why": "没有按期开播"})


BOND_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "POST /county/cover/letters/new/": _lodges,
    "POST /county/cover/penalties/new/": _penalises,
}
