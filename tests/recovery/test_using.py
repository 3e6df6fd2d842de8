"""A code opens one account once, for a quarter of an hour, after at most four mistakes; all else is signed out."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts import queries as accounts
from fieldcast.accounts import tries
from fieldcast.accounts.devices import Device, mark
from fieldcast.accounts.models import FamiliarAddress, Person
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.inbox import queries as inbox
from fieldcast.recovery import operations, queries
from fieldcast.recovery.models import CodeEnd, ResetCode, WrongTry
from fieldcast.recovery.operations.limited import TRIES_AT_NUMBER, TRIES_OF_ADDRESS
from fieldcast.recovery.problems import TooManyCodes, WrongCode
from fieldcast.recovery.types import GOOD_FOR, CodeState
from tests.factories.accounts import NOW, make_organisation, make_person, phone
from tests.factories.recovery import NEW, OLD, Counter, given_code, look_up, make_code, make_counter
from tests.web.shared.desk import browser

pytestmark = pytest.mark.django_db
HOME = "203.0.113.5"


@pytest.fixture
def counter() -> Counter:
    return make_counter()


@pytest.fixture
def code(counter: Counter) -> str:
    return given_code(counter, now=NOW)


def use(number: str, code: str, *, password: str = NEW, at: datetime = NOW, address: str = HOME) -> None:
    operations.use_code(phone=number, code=code, password=password, address=address, now=at)


def password_of(counter: Counter) -> str:
    person = Person.objects.get(id=counter.person.pk)
    return next(one for one in (OLD, NEW) if person.check_password(one))


def state(counter: Counter) -> CodeState:
    return queries.codes_of_centre(centre_id=counter.centre.id, now=NOW)[0].state


def test_the_code_sets_the_password_and_is_used_up(counter: Counter, code: str) -> None:
    use(counter.phone, code)
    assert password_of(counter) == NEW
    assert state(counter) == CodeState.USED
    with pytest.raises(WrongCode):  # a replay with a password of somebody else's choice
        use(counter.phone, code, password="fig-orchard-9")
    assert password_of(counter) == NEW


def test_sent_twice_with_the_same_password_it_is_done_already(counter: Counter, code: str) -> None:
    use(counter.phone, code)
    use(counter.phone, code)
    assert CodeEnd.objects.count() == 1


@pytest.mark.parametrize("typed", ["{0} {1}", " {0}-{1} ", "{0}{1}\u200b", "lower"])
def test_it_is_read_however_it_is_typed(counter: Counter, code: str, typed: str) -> None:
    use(counter.phone, code.lower() if typed == "lower" else typed.format(code[:4], code[4:]))
    assert password_of(counter) == NEW


def test_everything_else_of_theirs_is_signed_out(counter: Counter, code: str) -> None:
    person = counter.person
    elsewhere = browser(person)
    assert elsewhere.get("/me/").status_code == 200
    tries.succeeded(person=person, address=HOME, spent=(), now=NOW)
    _token, secret = accounts_operations.issue_token(by=person, name="打印", now=NOW)
    device = Device(name="d", numbers=(mark(person.phone_hash, sign_outs=0),))
    use(counter.phone, code)
    assert elsewhere.get("/me/").status_code == 302
    assert not FamiliarAddress.objects.filter(person=person).exists()
    assert accounts.person_by_token(secret=secret, now=NOW) is None
    outs = accounts.sign_outs_of(number=person.phone_hash)
    assert not device.knows(person.phone_hash, sign_outs=outs)
    assert Device(name="d", numbers=(mark(person.phone_hash, sign_outs=outs),)).knows(
        person.phone_hash, sign_outs=outs
    )


def test_whose_password_it_is_hears_of_it(counter: Counter, code: str) -> None:
    use(counter.phone, code)
    newest = inbox.messages(person_id=counter.person.pk).items[0]
    assert newest.kind == "password_changed_by_code"
    assert "密码在" in newest.sentence


@pytest.mark.parametrize("late", [GOOD_FOR, timedelta(days=1)])
def test_after_a_quarter_of_an_hour_it_opens_nothing(counter: Counter, code: str, late: timedelta) -> None:
    with pytest.raises(WrongCode):
        use(counter.phone, code, at=NOW + late)
    use(counter.phone, code, at=NOW + GOOD_FOR - timedelta(seconds=1))


def test_five_wrong_tries_end_it(counter: Counter, code: str) -> None:
    for number in range(5):
        with pytest.raises(WrongCode):
            use(counter.phone, f"{number}" * 8, address=f"198.51.100.{number}")
    assert WrongTry.objects.count() == 5
    assert state(counter) == CodeState.TRIES
    with pytest.raises(WrongCode):
        use(counter.phone, code)
    assert password_of(counter) == OLD


def test_four_wrong_tries_do_not(counter: Counter, code: str) -> None:
    for number in range(4):
        with pytest.raises(WrongCode):
            use(counter.phone, f"{number}" * 8)
    use(counter.phone, code)
    assert password_of(counter) == NEW


def test_a_code_opens_nobody_elses_account(counter: Counter, code: str) -> None:
    other = make_person(county_id=counter.centre.county_id, password=OLD)
    with pytest.raises(WrongCode):
        use(other.phone, code)
    look_up(counter, other)
    make_code(counter, other)
    with pytest.raises(WrongCode):
        use(other.phone, code)
    assert Person.objects.get(id=other.pk).check_password(OLD)


def test_one_that_was_replaced_opens_nothing(counter: Counter, code: str) -> None:
    newer = given_code(counter, now=NOW)
    with pytest.raises(WrongCode):
        use(counter.phone, code)
    use(counter.phone, newer)


def test_who_became_an_officer_meanwhile_is_not_let_in_by_it(counter: Counter, code: str) -> None:
    authority = make_organisation(county_id=counter.centre.county_id, kind=OrganisationKind.AUTHORITY)
    accounts_operations.add_member(person_id=counter.person.pk, organisation_id=authority.id, role=Role.STAFF)
    with pytest.raises(WrongCode):
        use(counter.phone, code)
    assert password_of(counter) == OLD


@pytest.mark.parametrize("weak", ["short", "12345678", "own"])
def test_a_weak_password_is_refused_and_costs_no_try(counter: Counter, code: str, weak: str) -> None:
    with pytest.raises(ValidationError):
        use(counter.phone, code, password=counter.phone if weak == "own" else weak)
    assert not WrongTry.objects.exists()
    use(counter.phone, code)


def test_an_address_tries_so_often(counter: Counter) -> None:
    for _time in range(TRIES_AT_NUMBER.most):
        with pytest.raises(WrongCode):
            use(counter.phone, "22223333")
    with pytest.raises(TooManyCodes):
        use(counter.phone, "22223333")
    with pytest.raises(WrongCode):  # whoever is elsewhere is not kept out
        use(counter.phone, "22223333", address="198.51.100.7")


def test_an_address_cannot_try_number_after_number(counter: Counter) -> None:
    numbers = [phone() for _one in range(TRIES_OF_ADDRESS.most + 1)]
    refused = []
    for number in numbers:
        with pytest.raises((WrongCode, TooManyCodes)) as problem:
            use(number, "22223333")
        refused.append(problem.type)
    assert refused[-1] is TooManyCodes
    assert refused.count(WrongCode) == TRIES_OF_ADDRESS.most


def asked(number: str, answer: str = "22223333") -> tuple[int, str]:
    """How many statements a wrong code costs, and what the page then says."""
    sent = {"phone": number, "code": answer, "password": NEW}
    with CaptureQueriesContext(
        connection,
    ) as statements:
        page = Client(headers={"accept-language": "zh-hans"}).post("/me/forgotten/", sent)
    said = page.content.decode().replace(number, "")
    return len(statements), said[said.index("<main") : said.index("</main>")].replace(_token(said), "")


def _token(page: str) -> str:
    at = page.index('name="csrfmiddlewaretoken" value="') + len('name="csrfmiddlewaretoken" value="')
    return page[at : page.index('"', at)]


def test_nobody_learns_from_a_wrong_code_whether_a_number_has_an_account(counter: Counter, db: Any) -> None:
    nobody, somebody = asked(phone()), asked(counter.phone)
    assert nobody == somebody
    given_code(counter)
    assert asked(counter.phone)[1] == nobody[1]  # and with a code open the page says the same
    assert ResetCode.objects.count() == 1
