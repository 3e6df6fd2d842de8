"""Every refusal has one shape, and none says whether what is not yours exists."""

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Person
from fieldcast.api.problems import ProblemOut
from fieldcast.settlement.models import Statement
from fieldcast.settlement.operations import settle_due
from tests.factories.accounts import make_county, make_person
from tests.factories.trade import later, make_buyer, make_order, sale_with_paid

pytestmark = pytest.mark.django_db
A = "/api/v1"
NOBODYS = 2**40


def bearer(person: Person) -> dict[str, str]:
    _token, secret = accounts_operations.issue_token(by=person, name="test", now=timezone.now())
    return {"Authorization": f"Bearer {secret}"}


def someone() -> Person:
    return make_person(county_id=make_county())


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def in_shape(answer: Any, status: int, code: str) -> bool:
    body = answer.json()
    return (answer.status_code, body["code"], set(body)) == (status, code, set(ProblemOut.model_fields))


def test_what_is_not_yours_and_what_is_not_there_are_answered_byte_for_byte_alike() -> None:
    sale, order = sale_with_paid()
    client = Client(headers=bearer(make_buyer(sale, name="阿勇")))
    make_order(sale, until="closed")
    settle_due(now=later(3600))
    statement = Statement.objects.get(role="host")
    there = {
        "/statements/{}": (statement.pk, NOBODYS),
        "/orders/{}": (order.number, "FC00000000000000"),
        "/agreement-versions/{}": (sale.stall.version.id, NOBODYS),
        "/organisations/{}/orders": (sale.stall.cooperative.id, NOBODYS),
        "/organisations/{}/statements": (sale.stall.cooperative.id, NOBODYS),
        "/organisations/{}/agreements": (sale.stall.cooperative.id, NOBODYS),
        "/cooperatives/{}/plots": (sale.stall.cooperative.id, NOBODYS),
    }
    for path, (theirs, nobodys) in there.items():
        seen, unseen = (client.get(A + path.format(identifier)) for identifier in (theirs, nobodys))
        assert in_shape(seen, 404, "not_found"), path
        assert seen.content == unseen.content, path


def test_a_token_makes_no_token() -> None:
    person = someone()
    headers = bearer(person)
    body = json.dumps({"name": "for ever"})
    for client in (Client(), signed_in(person)):
        answer = client.post(f"{A}/me/tokens", body, content_type="application/json", headers=headers)
        assert in_shape(answer, 403, "only_in_browser")
    assert len(accounts.tokens_of(person_id=person.pk)) == 1


def test_a_signed_in_browser_makes_a_token() -> None:
    answer = signed_in(someone()).post(f"{A}/me/tokens", {"name": "mine"}, content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["secret"]


def test_a_browser_without_its_csrf_token_is_refused_in_the_one_shape() -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(someone(), backend="django.contrib.auth.backends.ModelBackend")
    answer = guarded.post(f"{A}/me/tokens", {"name": "x"}, content_type="application/json")
    assert in_shape(answer, 403, "csrf_failed")


@pytest.mark.parametrize("body", [b"{broken", b"\xff\xfe"])
def test_a_body_that_is_no_json_is_refused_in_the_one_shape(body: bytes) -> None:
    client = Client(headers=bearer(someone()))
    answer = client.post(f"{A}/me/addresses", body, content_type="application/json")
    assert in_shape(answer, 400, "unreadable_body")


def test_a_body_that_is_too_large_is_refused_in_the_one_shape(settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    client = Client(headers=bearer(someone()))
    answer = client.post(f"{A}/me/addresses", b" " * 101, content_type="application/json")
    assert in_shape(answer, 413, "body_too_large")


@pytest.mark.parametrize("path", ["/", "/nothing", "/orders/1/2/3/4", "/me/"])
def test_an_address_that_does_not_exist_is_refused_in_the_one_shape(path: str) -> None:
    assert in_shape(Client().get(A + path), 404, "not_found")


def test_a_method_that_an_address_does_not_take_is_refused_in_the_one_shape() -> None:
    answer = Client().put(f"{A}/me/tokens")
    assert in_shape(answer, 405, "wrong_method")
    assert answer.headers["Allow"] == "GET, POST"


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "这一项必须填写。"), ("en", "This field is needed.")]
)
def test_what_is_wrong_with_a_field_is_said_in_the_readers_language(language: str, said: str) -> None:
    client = Client(headers={**bearer(someone()), "Accept-Language": language})
    answer = client.post(f"{A}/me/addresses", {}, content_type="application/json")
    assert in_shape(answer, 422, "invalid_request")
    assert said in answer.json()["facts"].values()
    shown = client.get(f"{A}/orders?page=0").json()["facts"]
    assert all("%" not in each for each in shown.values())
