"""What is asked at the doors of the service centre, and of a forgotten password."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind
from fieldcast.recovery import operations as recovery_operations
from fieldcast.recovery.types import LookedAt
from tests.factories.recovery import NEW, WHY
from tests.flows.doors.asked import Ask
from tests.flows.doors.scene import Scene

PERSON: Final = "/centre/people/<int:person_id>/"


def _looks_up(**send: Any) -> Callable[[Scene, str], Ask]:
    """Somebody of the scene's county, whom every clerk has looked for by their number."""

    def ask(s: Scene, role: str) -> Ask:
        return Ask(send=send, before=lambda: _look(s, role) if role.endswith("clerk") else None)

    return ask


def _look(s: Scene, role: str) -> None:
    clerk = s.person(role)
    (work,) = accounts.memberships_of(person_id=clerk.pk)
    recovery_operations.look_up(
        by=clerk,
        centre_id=work.organisation.id,
        phone=s.person("shopper").phone,
        why=WHY,
        now=timezone.now(),
    )


def _has_code(s: Scene, _role: str) -> Ask:
    """Whoever was given one at the centre, in whatever browser."""
    clerk, person, now = s.person("clerk"), s.person("shopper"), timezone.now()
    sent = {"phone": person.phone, "code": "", "password": NEW}

    def given() -> None:
        _look(s, "clerk")
        (work,) = accounts.memberships_of(person_id=clerk.pk)
        assert work.organisation.kind == OrganisationKind.SERVICE_CENTRE
        sent["code"] = recovery_operations.make_code(
            by=clerk,
            centre_id=work.organisation.id,
            person_id=person.pk,
            looked_at=LookedAt.ID_CARD,
            witnesses=(),
            why=WHY,
            now=now,
        ).code

    return Ask(send=sent, before=given)


def _number(s: Scene, _role: str) -> Ask:
    return Ask(send={"phone": s.person("shopper").phone})


RECOVERY_ASKS: Final[Mapping[str, Callable[[Scene, str], Ask]]] = {
    "POST /me/forgotten/": _has_code,
    "POST /me/forgotten/code": _number,
    "POST /me/terms": lambda _scene, _role: Ask(send={"do": "agree"}),
    "POST /centre/people/": lambda s, _role: Ask(send={"phone": s.person("shopper").phone, "why": WHY}),
    f"GET {PERSON}": _looks_up(),
    f"POST {PERSON}": _looks_up(looked_at="id_card", why=WHY),
}
