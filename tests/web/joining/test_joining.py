"""Ways in on the pages: asking, being answered, inviting and being invited, each by the one whose page it is."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.models import Person
from fieldcast.accounts.types import OrganisationKind, Role
from fieldcast.config.edge import sizes
from fieldcast.joining import operations as joining_operations
from fieldcast.joining import queries as joining
from fieldcast.joining.models import Invitation, JoinRequest
from fieldcast.joining.types import JoinKind, JoinState
from tests.factories.accounts import make_organisation, make_person, phone
from tests.factories.joining import Place, joining_place, make_invitation, make_join_request
from tests.files.pictures import orchard, saved
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import english_in, words

HTMX = {"HX-Request": "true"}
FARMER: dict[str, Any] = {
    "name": "梁金凤家",
    "village": "河湾村",
    "grows": "黄桃",
    "area_mu": "3.5",
    "consent": "on",
}


@pytest.fixture
def place(db: None) -> Place:
    return joining_place()


def page(client: Client, address: str) -> str:
    answer = client.get(address, headers=CHINESE)
    assert answer.status_code == 200, (address, answer.status_code)
    assert english_in(answer.content.decode()) == []
    return words(answer)


def send(client: Client, address: str, *, script: bool = False, once: str = "", **sent: Any) -> Any:
    if not once:
        found = re.search(r'name="once" value="([^"]+)"', client.get(address).content.decode())
        assert found, address
        once = found[1]
    return client.post(address, {**sent, "once": once}, headers={**CHINESE, **(HTMX if script else {})})


def test_a_visitor_reads_the_ways_in_and_signs_in_to_ask(place: Place) -> None:
    visitor = Client()
    said = page(visitor, "/join/")
    assert all(way in said for way in ("我是农户", "我要卖货", "我想当主播", "我想送货"))
    answer = visitor.get("/join/new/farmer/")
    assert answer["Location"] == "/accounts/login/?next=/join/new/farmer/"
    assert visitor.get("/join/new/king/").status_code in (302, 404)
    assert "在这里卖货、种地、直播、送货" in page(visitor, "/")


def test_a_farmer_asks_and_reads_before_who_will_read_it(place: Place) -> None:
    client = browser(place.newcomer)
    said = page(client, "/join/new/farmer/")
    assert "谁会看到" in said
    assert "服务中心（方慧）" in said.replace(" ", "")
    assert "河湾村" in client.get("/join/new/farmer/").content.decode()
    sent = send(client, "/join/new/farmer/", **FARMER, cooperative=str(place.cooperative.id))
    (one,) = joining.join_requests_of(person_id=place.newcomer.pk)
    assert (sent.status_code, sent["Location"]) == (303, f"/join/mine/{one.id}/")
    assert one.goes_to_id == place.cooperative.id
    assert "青山合作社" in page(client, f"/join/mine/{one.id}/")
    for address in ("/join/", "/me/"):
        assert "前答复" in page(client, address), address
    again = send(client, "/join/new/farmer/", **FARMER)
    assert (again.status_code, "正在等答复" in words(again)) == (422, True)


def test_what_was_typed_stays_and_each_mistake_stands_at_its_field(place: Place) -> None:
    client = browser(place.newcomer)
    answer = send(
        client, "/join/new/farmer/", script=True, **{**FARMER, "area_mu": "三四亩", "village": "\u200b"}
    )
    assert (answer.status_code, 'id="id_village_error"' in answer.content.decode()) == (422, True)
    assert 'value="梁金凤家"' in answer.content.decode()
    answer = send(client, "/join/new/farmer/", **{**FARMER, "area_mu": "三四亩", "consent": ""})
    text = answer.content.decode()
    assert "不打勾什么也不会发出" in words(answer)  # said together, not one after the other
    assert re.search(r'id="id_area_mu_error".*?这不是亩数', text, re.DOTALL)
    unticked = send(client, "/join/new/farmer/", **{k: v for k, v in FARMER.items() if k != "consent"})
    assert "不打勾什么也不会发出" in words(unticked)
    assert not JoinRequest.objects.exists()


def test_a_seller_sends_a_photo_that_only_those_who_answer_see(place: Place) -> None:
    client = browser(place.newcomer)
    form: dict[str, Any] = {"name": "高山社", "village": "河湾村", "consent": "on"}
    form |= {"licence": "93330824MA2DK7XX0P", "sells": "土豆"}
    assert "还缺一张执照的照片" in words(send(client, "/join/new/seller/", **form))
    photo = SimpleUploadedFile("执照.jpg", saved(orchard((96, 64))))
    sent = send(client, "/join/new/seller/", script=True, **form, photos=[photo])
    assert sent.status_code == 204
    (one,) = joining.join_requests_of(person_id=place.newcomer.pk)
    small = f"/join/photos/{one.photos[0]}/?small"
    assert browser(place.clerk).get(small)["Cache-Control"] == "no-store"
    assert browser(place.chief).get(small).status_code == 404
    assert sizes.most("/join/new/seller/") > sizes.ORDINARY > 0
    assert sizes.most("/join/new/host/") == sizes.ORDINARY


def test_a_form_sent_twice_asks_once(place: Place) -> None:
    client = browser(place.newcomer)
    first = send(client, "/join/new/farmer/", once="the-same-key", **FARMER)
    second = send(client, "/join/new/farmer/", once="the-same-key", **FARMER)
    assert (first["Location"], JoinRequest.objects.count()) == (second["Location"], 1)


def test_the_clerk_corrects_and_accepts_and_the_farmer_sees_their_page_at_once(place: Place) -> None:
    now = timezone.now()
    asked = make_join_request(place.newcomer, village="河弯村", now=now)
    clerk, address = browser(place.clerk), f"/join/requests/{asked.id}/"
    assert "小满" in page(clerk, "/join/requests/")
    assert page(clerk, "/join/requests/?q=没有人").count("没有找到") == 1
    said = page(clerk, address)
    assert "****" in said
    assert "3.5 亩" in said
    assert "改正名称和村" in said
    assert place.newcomer.phone not in said
    form: dict[str, Any] = {
        "do": "accept",
        "name": "梁家",
        "village": "河弯村",
        "cooperative": str(place.cooperative.id),
    }
    assert "没有“河弯村”这个村" in words(send(clerk, address, **form))
    done = send(clerk, address, **{**form, "village": "河湾村"})
    assert (done.status_code, "登记为 梁家 · 河湾村" in page(clerk, address)) == (302, True)
    farmer = browser(place.newcomer)
    assert "梁家" in page(farmer, "/farm/")
    assert "青山合作社" in page(farmer, "/farm/")
    assert "小满" not in page(clerk, "/join/requests/?state=waiting")
    late = send(clerk, address, once="another-key", do="decline", name="梁家", village="河湾村", words="不行")
    assert (late.status_code, "方慧先了一步" in words(late)) == (422, True)


@pytest.mark.parametrize(
    ("kind", "face"),
    [(JoinKind.HOST, "/studio/"), (JoinKind.SELLER, "/coop/"), (JoinKind.CARRIER, "/statements/carrier/")],
)
def test_whoever_is_taken_in_sees_their_face(place: Place, kind: JoinKind, face: str) -> None:
    asked = make_join_request(place.newcomer, kind)
    client = browser(place.newcomer)
    answered = browser(place.clerk).get(f"/join/requests/{asked.id}/", headers=CHINESE)
    assert ("名称和村" in words(answered)) == ("id_village" in answered.content.decode()), "a host has none"
    joining_operations.accept_to_join(by=place.clerk, request_id=asked.id, now=timezone.now())
    home = client.get("/me/", headers=CHINESE).content.decode()
    (console,) = re.findall(rf'href="({face}[^"]*)"', home)[:1]
    assert client.get(console).status_code == 200


def test_more_is_asked_and_told_on_the_page_and_a_request_is_taken_back(place: Place) -> None:
    asked = make_join_request(place.newcomer, now=timezone.now())
    clerk, client = browser(place.clerk), browser(place.newcomer)
    address, own = f"/join/requests/{asked.id}/", f"/join/mine/{asked.id}/"
    empty = send(clerk, address, do="more", name="梁家", village="河湾村")
    assert "要写一句话，对方会看到。" in words(empty)
    send(clerk, address, do="more", name="梁家", village="河湾村", words="地在哪个村口")
    assert "地在哪个村口" in page(client, own)
    assert "请你补充申请材料" in page(client, "/me/")
    assert "等你补充" in page(client, "/join/"), "it is not the county that answers now"
    assert "方慧" not in page(client, own)  # which organisation, never which of its people
    assert send(client, own, words="河湾村东口").status_code == 303
    assert "河湾村东口" in page(clerk, address)
    assert client.post(f"{own}withdraw")["Location"] == "/join/"
    assert joining.join_request(request_id=asked.id).state == JoinState.WITHDRAWN
    assert browser(place.clerk).get(own).status_code == 404


def test_who_answers_nowhere_is_told_whom_the_list_is_for(place: Place) -> None:
    make_join_request(place.newcomer, cooperative_id=place.cooperative.id, now=timezone.now())
    assert browser(place.newcomer).get("/join/requests/").status_code == 403
    assert "小满" not in page(browser(place.packer), "/join/requests/")
    seen = page(browser(place.officer), "/join/requests/")
    assert "小满" in seen
    (one,) = joining.waiting_for(person_id=place.chief.pk).items
    only_looks = page(browser(place.officer), f"/join/requests/{one.id}/")
    assert "由青山合作社答复" in only_looks


def test_an_owner_invites_by_number_and_whoever_has_it_accepts(place: Place) -> None:
    chief, guest = browser(place.chief), browser(place.newcomer)
    assert "还没有邀请过人" in page(chief, "/join/invitations/")
    form: dict[str, Any] = {"organisation": str(place.cooperative.id), "role": "staff"}
    told = []
    for number in (place.newcomer.phone, phone()):
        assert send(chief, "/join/invitations/", **form, phone=number)["Location"] == "/join/invitations/"
        told.append(page(chief, "/join/invitations/").count("邀请在等用这个号码登录的人"))
    assert told == [1, 1]
    said = page(chief, "/join/invitations/")
    assert place.newcomer.phone not in said
    assert "14 天内在那里接受邀请" in said
    assert "已经邀请过" in words(send(chief, "/join/invitations/", **form, phone=place.newcomer.phone))
    for address in ("/join/", "/me/"):
        assert "邀请" in page(guest, address)
    (one,) = joining.invitations_to(person_id=place.newcomer.pk, now=timezone.now())
    assert guest.post(f"/join/invitations/{one.id}/answer", {"do": "accept"})["Location"] == "/me/"
    assert guest.get("/coop/").status_code == 200
    assert "已接受" in page(chief, "/join/invitations/")
    assert browser(make_person(county_id=place.county_id)).get("/join/invitations/").status_code == 403


def test_an_invitation_is_declined_or_taken_back(place: Place) -> None:
    now, guest, chief = timezone.now(), browser(place.newcomer), browser(place.chief)
    first = make_invitation(place.chief, place.cooperative, place.newcomer.phone, now=now)
    assert chief.post(f"/join/invitations/{first.id}/answer", {"do": "accept"}).status_code == 404
    assert guest.post(f"/join/invitations/{first.id}/answer", {"do": "decline"})["Location"] == "/join/"
    second = make_invitation(place.chief, place.cooperative, place.newcomer.phone, now=now)
    assert guest.post(f"/join/invitations/{second.id}/withdraw").status_code == 404
    assert chief.post(f"/join/invitations/{second.id}/withdraw")["Location"] == "/join/invitations/"
    assert sorted(Invitation.objects.values_list("state", flat=True)) == ["declined", "withdrawn"]
    assert not accounts.memberships_of(person_id=place.newcomer.pk)


def test_someone_invited_signs_up_and_finds_the_invitation(place: Place) -> None:
    number = phone()
    make_invitation(place.chief, place.cooperative, number, role=Role.MANAGER, now=timezone.now())
    client = Client(headers=CHINESE)
    signed = client.post(
        "/accounts/signup/?next=/join/",
        {"phone": number, "password1": "桃花坞里桃花庵2026", "terms": "on", "next": "/join/"},
    )
    assert signed["Location"] == "/join/"
    assert "青山合作社" in page(client, "/join/")
    assert joining.invitations_to(
        person_id=accounts.person_by_phone(phone=number).pk,  # type: ignore[union-attr]  # just made
        now=timezone.now(),
    )


def test_the_pages_cost_as_many_statements_for_many_as_for_few(place: Place) -> None:
    clerk, chief, now = browser(place.clerk), browser(place.chief), timezone.now()

    def cost(client: Client, address: str) -> int:
        connection.queries_log.clear()
        client.get(address)
        return len(connection.queries_log)

    def both() -> tuple[int, int]:
        return cost(clerk, "/join/requests/"), cost(chief, "/join/invitations/")

    connection.force_debug_cursor = True
    try:
        make_join_request(place.newcomer, now=now)
        make_invitation(place.chief, place.cooperative, phone(), now=now)
        both()
        few = both()
        for number in range(4):
            make_join_request(make_person(county_id=place.county_id, name=f"小{number}"), now=now)
            make_invitation(place.chief, place.cooperative, phone(), now=now)
        assert both() == few
    finally:
        connection.force_debug_cursor = False


def test_a_county_without_anybody_who_answers_says_so(db: None) -> None:
    from tests.factories.accounts import make_county

    county_id = make_county()
    make_organisation(county_id=county_id, kind=OrganisationKind.SERVICE_CENTRE)  # in which nobody works
    assert "没有人能答复" in page(browser(make_person(county_id=county_id)), "/join/new/host/")


def test_the_request_of_somebody_who_is_blocked_is_read_and_declined_not_accepted(place: Place) -> None:
    asked = make_join_request(place.newcomer, now=timezone.now())
    Person.objects.filter(id=place.newcomer.pk).update(is_active=False)
    clerk, where = browser(place.clerk), f"/join/requests/{asked.id}/"
    assert "梁金凤家" in page(clerk, where)
    answer: dict[str, Any] = {"name": "梁金凤家", "village": "河湾村", "words": "账号已停用"}
    assert send(clerk, where, do="accept", **answer).status_code == 422
    assert send(clerk, where, do="decline", **answer).status_code == 302
    assert joining.join_request(request_id=asked.id).state == JoinState.DECLINED
