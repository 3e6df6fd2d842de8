"""Guessing passwords is slowed on every sign-in, and shuts nobody out of where he has signed in before."""

import re
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from fieldcast.accounts import tries
from fieldcast.accounts.devices import COOKIE
from fieldcast.accounts.models import FamiliarAddress, Person
from fieldcast.accounts.tries import BY_STRANGERS, TooManyTries
from tests.factories.accounts import make_county, make_person

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-Passw0rd"
HOME, CAFE = "203.0.113.5", "203.0.113.77"
DOORS = {"/accounts/login/": "login", "/admin/login/": "username"}


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    cache.clear()


@pytest.fixture
def owner() -> Person:
    return make_person(county_id=make_county(), password=PASSWORD)


def stranger(number: int) -> str:
    return f"198.51.{number // 250}.{number % 250}"


def tried(
    person: Person,
    password: str,
    *,
    address: str,
    browser: Client | None = None,
    door: str = "/accounts/login/",
) -> tuple[bool, int]:
    """Whether that password let someone in, and the answer's status."""
    browser = browser or Client()
    answer = browser.post(door, {DOORS[door]: person.phone, "password": password}, REMOTE_ADDR=address)
    return "_auth_user_id" in browser.session, answer.status_code


def leave(browser: Client) -> None:
    """Sign out as a person does: the device stays known."""
    browser.post("/accounts/logout/")
    assert "_auth_user_id" not in browser.session
    assert browser.cookies[COOKIE].value


@pytest.mark.parametrize("known", [True, False])
def test_twelve_strangers_do_not_lock_the_owner_out(owner: Person, known: bool) -> None:
    if known:
        assert tried(owner, PASSWORD, address=HOME)[0]
    for number in range(12):
        tried(owner, "wrong", address=stranger(number))
    assert [tried(owner, PASSWORD, address=HOME)[0] for _time in range(4)] == [True] * 4


def test_however_many_strangers_try_the_owner_gets_in_where_he_signed_in_before(owner: Person) -> None:
    phone = Client()
    assert tried(owner, PASSWORD, address=HOME, browser=phone)[0]
    leave(phone)
    statuses = [tried(owner, "wrong", address=stranger(number))[1] for number in range(BY_STRANGERS.most + 5)]
    assert statuses[-1] == 429
    assert tried(owner, PASSWORD, address=HOME)[0]  # another browser at his own address
    assert tried(owner, PASSWORD, address=CAFE, browser=phone)[0]  # his own phone at another
    assert not tried(owner, PASSWORD, address=stranger(999))[0]  # as a stranger he waits like one


@pytest.mark.parametrize("door", DOORS)
def test_all_strangers_together_have_so_many_guesses_an_hour(owner: Person, door: str) -> None:
    many = range(BY_STRANGERS.most + 10)
    guessed = [tried(owner, "wrong", address=stranger(number), door=door)[1] for number in many]
    assert guessed.count(200) <= BY_STRANGERS.most + 2  # then one a minute
    assert guessed[-1] == 429
    assert not tried(owner, PASSWORD, address=stranger(61), door=door)[0]  # even the right one


@pytest.mark.parametrize("door", DOORS)
def test_one_address_has_few_tries_at_one_number_and_is_told_how_long_to_wait(
    owner: Person, door: str
) -> None:
    found = [tried(owner, "wrong", address=CAFE, door=door)[1] for _time in range(6)]
    assert found == [200] * 5 + [429]
    answer = Client(headers={"accept-language": "en"}).post(
        door, {DOORS[door]: owner.phone, "password": "x"}, REMOTE_ADDR=CAFE
    )
    if door == "/accounts/login/":  # there the number is typed, so it is the same count
        assert re.search(r"Try again in [1-5] minutes", answer.content.decode())
        assert 0 < int(answer["Retry-After"]) <= 300


def test_one_address_cannot_try_number_after_number() -> None:
    county = make_county()
    people = [
        make_person(county_id=county, password=PASSWORD) for _one in range(tries.BY_ADDRESS.most // 4 + 2)
    ]
    found = [
        tried(person, "wrong", address=CAFE, door="/admin/login/")[1]
        for person in people
        for _time in range(4)
    ]
    assert found.count(200) == tries.BY_ADDRESS.most


def test_the_right_password_counts_for_nothing(owner: Person) -> None:
    assert all(tried(owner, PASSWORD, address=HOME)[0] for _time in range(12))


def test_a_wrong_device_cookie_makes_nobody_known(owner: Person) -> None:
    other = make_person(county_id=make_county(), password=PASSWORD)
    mine = Client()
    assert tried(other, PASSWORD, address=CAFE, browser=mine)[0]
    leave(mine)
    for number in range(BY_STRANGERS.most + 5):
        tried(owner, "wrong", address=stranger(number))
    forged = Client()
    forged.cookies[COOKIE] = "WyJ4Il0:forged:forged"
    assert tried(owner, PASSWORD, address=stranger(70), browser=forged)[1] == 429
    assert tried(owner, PASSWORD, address=stranger(71), browser=mine)[1] == 429


def test_a_refused_try_hashes_nothing(owner: Person, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    Counting.hashed = 0
    for _time in range(8):
        tried(owner, "wrong", address=CAFE)
    assert Counting.hashed <= 5 * 2


class Counting(PBKDF2PasswordHasher):
    """Counts how often it was asked."""

    algorithm = "counting"
    iterations = 1
    hashed = 0

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """Count, then hash."""
        Counting.hashed += 1
        return super().encode(password, salt, iterations)


def test_addresses_are_kept_as_hashes_and_the_oldest_are_forgotten(owner: Person) -> None:
    for number in range(tries.ADDRESSES_KEPT + 5):
        tries.succeeded(person=owner, address=stranger(number), spent=(), now=timezone.now())
    kept = FamiliarAddress.objects.filter(person=owner)
    assert kept.count() == tries.ADDRESSES_KEPT
    assert not any("198.51" in one.address_hash for one in kept)
    assert not tries.is_familiar(number=owner.phone_hash, address=stranger(0))
    assert tries.is_familiar(number=owner.phone_hash, address=stranger(24))


def test_a_window_that_is_over_begins_anew(owner: Person) -> None:
    attempt = tries.Attempt(number=owner.phone_hash, address=CAFE, device=None)
    start = timezone.now()
    for _time in range(5):
        tries.begin(attempt=attempt, now=start)
    with pytest.raises(TooManyTries):
        tries.begin(attempt=attempt, now=start)
    tries.begin(attempt=attempt, now=start + tries.BY_PLACE.per)
