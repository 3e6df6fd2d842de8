"""Attempts to sign in are counted by the address they come from, which a stranger cannot choose."""

from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.test import Client, RequestFactory

from tests.factories.accounts import make_county, make_person, phone

PASSWORD = "a-long-Passw0rd"
SIGN_IN = "/accounts/login/"
FORGED = "198.51.100.66"
REAL = "203.0.113.5"


def address(forwarded: str | None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory(REMOTE_ADDR="127.0.0.1").get(SIGN_IN, headers=headers)
    return str(get_adapter().get_client_ip(request))


def test_without_a_proxy_what_is_said_to_be_forwarded_is_ignored(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert address(None) == address(FORGED) == address(f"{FORGED}, {REAL}") == "127.0.0.1"


@pytest.mark.parametrize("forwarded", [REAL, f"{FORGED}, {REAL}", f"{FORGED},{FORGED} , {REAL}"])
def test_behind_one_proxy_the_right_most_address_counts(forwarded: str, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address(forwarded) == REAL


def test_behind_two_proxies_the_second_from_the_right_counts(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert address(f"{FORGED}, {REAL}, 10.0.0.2") == REAL


@pytest.mark.parametrize("proxies", [1, 2])
def test_a_request_that_did_not_come_through_the_proxies_counts_as_its_senders(
    proxies: int, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert address(None) == "127.0.0.1"


@pytest.mark.django_db
def test_a_stranger_who_tries_too_often_locks_nobody_else_out(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    person = make_person(county_id=make_county(), password=PASSWORD)

    def signs_in(forwarded: str, number: str, password: str) -> bool:
        browser = Client(headers={"X-Forwarded-For": forwarded})
        browser.post(SIGN_IN, {"login": number, "password": password})
        return "_auth_user_id" in browser.session

    cache.clear()
    for n in range(31):
        signs_in(f"192.0.2.{n}, {FORGED}", phone(), "wrong")
    assert not signs_in(f"192.0.2.200, {FORGED}", person.phone, PASSWORD)
    assert signs_in(REAL, person.phone, PASSWORD)
    cache.clear()
