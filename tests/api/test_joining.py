"""Ways in through the API: asked, answered, invited; sent again under its key it is done once."""

from typing import Any

import pytest
from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.models import Person
from fieldcast.joining.models import Invitation, JoinRequest
from fieldcast.joining.types import JoinKind
from tests.factories.accounts import phone
from tests.factories.joining import FACTS, Place, joining_place
from tests.web.shared.desk import ENGLISH

A = "/api/v1"


@pytest.fixture
def place(db: None) -> Place:
    return joining_place()


class Program:
    """A program of a person, with a token of theirs."""

    def __init__(self, person: Person) -> None:
        from django.test import Client

        _token, secret = accounts_operations.issue_token(by=person, name="test", now=timezone.now())
        self._client = Client(headers={**ENGLISH, "authorization": f"Bearer {secret}"})

    def get(self, path: str) -> Any:
        return self._client.get(f"{A}{path}").json()

    def post(self, path: str, body: Any = None, key: str = "") -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        return self._client.post(f"{A}{path}", body or {}, content_type="application/json", headers=headers)


def test_a_program_asks_once_and_the_cooperative_asks_for_more_and_takes_them_in(place: Place) -> None:
    mine, chief = Program(place.newcomer), Program(place.chief)
    asked = {
        "kind": "farmer",
        "name": "梁金凤家",
        "village": "河湾村",
        "cooperative_id": place.cooperative.id,
        "facts": FACTS[JoinKind.FARMER],
        "consent": True,
    }
    first = mine.post("/me/join-requests", asked, key="join-me-0001")
    again = mine.post("/me/join-requests", asked, key="join-me-0001")
    assert (first.status_code, first.json() == again.json(), JoinRequest.objects.count()) == (201, True, 1)
    number = first.json()["id"]
    refused = mine.post("/me/join-requests", asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "join_waits")
    (shown,) = chief.get("/join-requests?kind=farmer&which=waiting")["items"]
    assert (shown["id"], shown["facts"]["area_mu"]) == (number, "3.50")
    assert Program(place.packer).get("/join-requests")["total"] == 0
    assert (
        chief.post(f"/join-requests/{number}/answer", {"do": "more"}).json()["code"] == "join_words_missing"
    )
    assert chief.post(f"/join-requests/{number}/answer", {"do": "more", "words": "地在哪"}).status_code == 200
    assert mine.post(f"/join-requests/{number}/more", {"words": "村口"}).json()["state"] == "asked"
    taken = chief.post(f"/join-requests/{number}/answer", {"do": "accept", "name": "梁家"})
    assert (taken.json()["state"], taken.json()["steps"][-1]["corrected"]) == ("accepted", "梁家")
    gone = mine.post(f"/join-requests/{number}/withdraw")
    assert (gone.status_code, gone.json()["code"]) == (409, "join_answered")
    assert [one["state"] for one in mine.get("/me/join-requests")] == ["accepted"]


def test_a_program_invites_once_and_the_invited_accepts(place: Place) -> None:
    chief, guest = Program(place.chief), Program(place.newcomer)
    sent = {"organisation_id": place.cooperative.id, "phone": place.newcomer.phone, "role": "manager"}
    first = chief.post("/invitations", sent, key="invite-0001")
    assert first.json() == chief.post("/invitations", sent, key="invite-0001").json()
    assert Invitation.objects.count() == 1
    unknown = chief.post("/invitations", {**sent, "phone": phone()})
    same = {name: value for name, value in unknown.json().items() if name not in ("id", "tail")}
    assert {name: first.json()[name] for name in same}.keys() == same.keys()
    assert (unknown.json()["state"], first.json()["state"]) == ("waiting", "waiting")
    assert chief.post(f"/invitations/{unknown.json()['id']}/withdraw").json()["state"] == "withdrawn"
    (one,) = guest.get("/me/invitations")
    assert guest.post(f"/invitations/{one['id']}/answer", {"accept": True}).json()["state"] == "accepted"
    assert [each["state"] for each in chief.get("/invitations")["items"]] == ["withdrawn", "accepted"]
    stranger = Program(place.packer).post("/invitations", sent)
    assert stranger.status_code == 404
