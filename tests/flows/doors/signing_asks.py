"""What is asked at the doors of signing: a sheet handed in, a household's own signature, notice."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.files.pictures import orchard, saved
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

VERSION, API = "/coop/agreements/<int:version_id>", "/api/v1/agreement-versions/<version_id>"


def _party(s: Scene, role: str) -> int:
    return {"presenter": s.stall.host.id, "driver": s.stall.carrier.id}.get(role, s.stall.cooperative.id)


def _enters(s: Scene, _role: str) -> Ask:
    file = SimpleUploadedFile("签字单.jpg", saved(orchard((64, 48), shift=20)), content_type="image/jpeg")
    return Ask(
        path={"version_id": s.unsigned_version_id},
        send={"household": s.stall.lot.plot.household_id, "file": file},
    )


def _notice(s: Scene, role: str) -> dict[str, Any]:
    ends_on = timezone.localdate() + timedelta(days=60)
    return {"ends_on": ends_on.isoformat(), "why": "另有安排"}


SIGNING_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    f"POST {VERSION}/sheet/": _enters,
    f"POST {VERSION}/notice/": lambda s, role: Ask(
        send={**_notice(s, role), "organisation": _party(s, role)}
    ),
    "POST /farm/agreements/<int:version_id>/sign/": lambda s, _role: Ask(
        path={"version_id": s.unsigned_version_id}
    ),
    f"POST {API}/notice": lambda s, role: Ask(send={**_notice(s, role), "organisation_id": _party(s, role)}),
}
