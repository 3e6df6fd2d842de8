"""The service centre's pages: what waits, the county's sessions, somebody helped at the counter."""

import re
from typing import Any

import pytest
from django.test import Client

from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind
from fieldcast.recovery.models import ResetCode
from tests.factories.accounts import make_member, make_organisation, make_person
from tests.factories.recovery import NEW, WHY, Counter, make_counter
from tests.factories.trade import Sale, make_sale
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import english_in, text_of

pytestmark = pytest.mark.django_db
CARD = {"looked_at": "id_card", "why": WHY}


@pytest.fixture
def counter() -> Counter:
    return make_counter()


def found(counter: Counter, client: Client, person: Person | None = None) -> str:
    """The page of somebody who was looked up."""
    number = (person or counter.person).phone
    answer = client.post("/centre/people/", {"phone": number, "why": WHY})
    assert answer.status_code == 302
    return str(answer["Location"])


def form_of(client: Client, page: str) -> dict[str, str]:
    """The form on it, filled in."""
    key = re.search(r'name="once" value="(\w+)"', client.get(page).content.decode())
    assert key
    return {**CARD, "once": key[1]}


def shown(answer: Any) -> str:
    """The code in large type."""
    halves = re.search(r"centre-code\">(\w{4})<span[^>]*></span>(\w{4})<", answer.content.decode())
    assert halves
    return halves[1] + halves[2]


def test_the_first_page_shows_the_countys_sessions_and_leads_into_the_room() -> None:
    sale: Sale = make_sale()
    centre = make_organisation(
        county_id=sale.stall.county_id, kind=OrganisationKind.SERVICE_CENTRE, name="服务中心"
    )
    clerk = make_member(organisation=centre, name="方慧")
    page = browser(clerk, language=CHINESE).get("/centre/").content.decode()
    assert f'href="/live/{sale.session.id}/"' in page
    assert 'href="/join/requests/"' in page
    assert english_in(page) == []
    assert 'href="/centre/"' in browser(clerk).get("/me/").content.decode()


def test_a_quiet_county_says_so(counter: Counter) -> None:
    page = text_of(browser(counter.clerk).get("/centre/").content.decode())
    assert "Nobody is live, and nothing is announced." in page
    assert "No code was made here yet." in page
    assert "Nothing waits for you." in page


def test_somebody_is_helped_from_the_number_to_the_new_password(counter: Counter) -> None:
    client = browser(counter.clerk, language=CHINESE)
    page = found(counter, client)
    assert english_in(client.get(page).content.decode()) == []
    answer = client.post(page, form_of(client, page))
    assert "no-store" in answer["Cache-Control"]
    code = shown(answer)
    assert code not in client.get(page).content.decode()
    at_home = Client(headers={"accept-language": "zh-hans"})
    typed = {"phone": counter.phone, "code": code, "password": NEW}
    done = at_home.post("/me/forgotten/", typed)
    assert (done.status_code, done["Location"]) == (302, "/me/")
    signed_in = at_home.post("/accounts/login/", {"login": counter.phone, "password": NEW})
    assert signed_in.status_code == 302, text_of(signed_in.content.decode())
    assert "你的密码在" in at_home.get("/me/messages/").content.decode()
    assert "已使用" in client.get("/centre/people/").content.decode()


def test_the_form_sent_twice_makes_one_code_and_shows_it_once(counter: Counter) -> None:
    client = browser(counter.clerk)
    page = found(counter, client)
    form = form_of(client, page)
    shown(client.post(page, form))
    again = client.post(page, form, follow=True)
    assert "That code was shown once." in again.content.decode()
    assert ResetCode.objects.count() == 1


def test_what_is_missing_is_said_beside_its_field(counter: Counter) -> None:
    client = browser(counter.clerk)
    page = found(counter, client)
    answer = client.post(page, {"why": WHY})
    assert answer.status_code == 422
    assert "Without it no code is made." in answer.content.decode()
    answer = client.post(page, {"looked_at": "known", "first": "王德福", "why": WHY})
    assert "Name two members" in answer.content.decode()
    assert "王德福" in answer.content.decode()  # what was typed stays
    answer = client.post("/centre/people/", {"phone": counter.phone[:8], "why": WHY})
    assert "11-digit" in answer.content.decode()
    assert not ResetCode.objects.exists()


def test_nobody_found_is_said_and_an_officer_is_not_helped_here(counter: Counter) -> None:
    client = browser(counter.clerk)
    answer = client.post("/centre/people/", {"phone": "13999999999", "why": WHY})
    assert "Nobody of this county signs in with that number." in answer.content.decode()
    authority = make_organisation(county_id=counter.centre.county_id, kind=OrganisationKind.AUTHORITY)
    page = client.get(found(counter, client, make_member(organisation=authority))).content.decode()
    assert "whoever runs this installation" in page
    assert "Make the code" not in page


def test_who_works_elsewhere_does_not_get_in(counter: Counter) -> None:
    station = make_organisation(
        county_id=counter.centre.county_id, kind=OrganisationKind.TESTING_STATION, name="检测站"
    )
    for person in (make_member(organisation=station), make_person(county_id=counter.centre.county_id)):
        client = browser(person)
        assert [client.get(f"/centre/{page}").status_code for page in ("", "people/")] == [403, 403]
        assert client.get(f"/centre/people/{counter.person.pk}/").status_code in (403, 404)


def test_whom_a_colleague_looked_up_is_not_there_for_another(counter: Counter) -> None:
    page = found(counter, browser(counter.clerk))
    colleague = browser(make_member(organisation=counter.centre))
    assert colleague.get(page).status_code == 404
    assert colleague.post(page, CARD).status_code == 404
