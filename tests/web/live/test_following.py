"""The host's sheet, following from it, being reminded, and my list; the sheet of one of the goods."""

import pytest
from django.test import Client

from fieldcast.accounts.models import Person
from fieldcast.live import queries as live
from tests.factories.trade import make_sale
from tests.live.rooms import Crew, make_crew, make_viewer, open_session, plan_session
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def crew() -> Crew:
    return make_crew()


@pytest.fixture
def viewer(crew: Crew, client: Client) -> Person:
    person = make_viewer(crew)
    client.force_login(person)
    return person


def test_a_host_is_followed_from_the_sheet_and_stands_in_my_list_until_i_stop(
    client: Client, crew: Crew, viewer: Person
) -> None:
    session = open_session(crew)
    room = f"/live/{session.id}"
    assert f'href="{room}/host"' in client.get(f"{room}/").content.decode()
    assert "Follow" in words(client.get(f"{room}/host", headers={**HTMX, **ENGLISH}))
    answer = client.post(f"{room}/follow", {"do": "follow"}, headers={**HTMX, **ENGLISH})
    assert "You follow. Tap to stop" in words(answer)
    assert live.followed_by(person_id=viewer.pk) == (crew.host.id,)
    assert crew.host.name_en in words(client.get("/me/follows/", headers=ENGLISH))
    assert client.post(f"/me/follows/{crew.host.id}/stop")["Location"] == "/me/follows/"
    assert "You follow nobody yet" in words(client.get("/me/follows/", headers=ENGLISH))


def test_without_scripts_following_comes_back_to_the_room(client: Client, crew: Crew, viewer: Person) -> None:
    session = open_session(crew)
    assert client.get(f"/live/{session.id}/host")["Location"] == f"/live/{session.id}/"
    assert client.post(f"/live/{session.id}/follow")["Location"] == f"/live/{session.id}/"
    assert live.follows(person_id=viewer.pk, host_id=crew.host.id)
    client.post(f"/live/{session.id}/follow", {"do": "stop"})
    assert not live.follows(person_id=viewer.pk, host_id=crew.host.id)


def test_who_waits_is_reminded_or_not_after_all(client: Client, crew: Crew, viewer: Person) -> None:
    page = f"/live/{plan_session(crew).id}/"
    assert "Tell me when it begins" in words(client.get(page, headers=ENGLISH))
    client.post(f"{page}remind", {"do": "remind"})
    assert "You will be told. Tap to undo" in words(client.get(page, headers=ENGLISH))
    client.post(f"{page}remind", {"do": "stop"})
    assert "Tell me when it begins" in words(client.get(page, headers=ENGLISH))


def test_a_stranger_is_asked_to_sign_in_and_led_back(client: Client, crew: Crew) -> None:
    page = client.get(f"/live/{open_session(crew).id}/host", headers=HTMX).content.decode()
    assert "?next=/live/" in page


def test_goods_open_over_the_room_and_without_scripts_lead_to_their_lot(client: Client) -> None:
    sale = make_sale()
    offer = sale.offer
    address = f"/live/{sale.session.id}/goods/{offer.id}"
    assert f'hx-get="{address}"' in client.get(f"/live/{sale.session.id}/").content.decode()
    text = words(client.get(address, headers={**HTMX, **ENGLISH}))
    assert "In one pack" in text
    assert "If something is wrong" in text
    assert "Buy now" in text
    assert client.get(address)["Location"] == f"/lots/{offer.lot_id}/"
    assert client.get(f"/live/{sale.session.id}/goods/{offer.id + 9_999}").status_code == 404


def test_a_contact_written_in_the_chat_is_shown_to_nobody(client: Client, crew: Crew, viewer: Person) -> None:
    session = open_session(crew)
    client.post(f"/live/{session.id}/say", {"text": "加我微信 13800138000 私下便宜"}, headers=HTMX)
    (line,) = live.recent_messages(session_id=session.id)
    assert line.text == "加我微信 138****8000 私下便宜"
    assert "13800138000" not in client.get(f"/live/{session.id}/").content.decode()
