"""The live pages as their reader gets them: the list, the room before, during and after its session."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from fieldcast.catalog.operations import set_lot_state
from fieldcast.catalog.types import LotState
from fieldcast.live import operations as live_operations
from fieldcast.live import playlist as playlists
from fieldcast.live.types import MessageKind
from fieldcast.live.video.sources.clip import clip_directory
from fieldcast.live.video.sources.clip.cutting import package_hls
from fieldcast.trade import operations as trade_operations
from fieldcast.web.live import views
from tests.factories.accounts import NOW, make_person
from tests.factories.market import make_stall
from tests.factories.trade import make_offer, make_order, make_sale, make_session
from tests.live.rooms import make_crew, plan_session
from tests.live.video.films import make_film

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_state_kept() -> None:
    views._states.clear()
    playlists._kept.clear()


def page(client: Client, path: str, **headers: Any) -> str:
    """The page's HTML."""
    response = client.get(path, headers=headers)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_the_room_sells_what_is_on_offer(client: Client) -> None:
    sale = make_sale()
    make_order(sale, packs=3)
    live_operations.explain(
        by=sale.stall.presenter, session_id=sale.session.id, offer_id=sale.offer.id, now=NOW
    )
    html = page(client, f"/live/{sale.session.id}/")
    assert "黄桃 5 斤装" in html
    assert "¥39.80" in html
    assert "¥7.96/斤" in html
    assert '还剩 <b class="loud" data-left>97</b> / 100 份' in html
    assert f'href="/buy/{sale.offer.id}/"' in html
    assert "正在讲解" in html
    assert f'href="/lots/{sale.offer.lot_id}/"' in html


def test_the_room_speaks_english_to_those_who_read_it(client: Client) -> None:
    html = page(client, f"/live/{make_sale().session.id}/", **{"Accept-Language": "en"})
    assert "Yellow peaches, box of 5 jin" in html
    assert "data-left>100</b> of 100 packs left" in html
    assert "First grade" in html
    assert not re.search(r"还剩|正在讲解|抢购|登录后说点什么|一级", html)


def test_an_offer_without_packs_left_says_so_and_cannot_be_bought(client: Client) -> None:
    sale = make_sale(packs=3)
    make_order(sale, packs=3)
    html = page(client, f"/live/{sale.session.id}/")
    assert re.search(r"data-buy[^>]* hidden>", html)
    assert not re.search(r"data-out hidden", html)
    assert not re.search(r'id="all-gone" hidden', html)


def test_an_offer_whose_lot_was_stopped_says_so_and_cannot_be_bought(client: Client) -> None:
    sale = make_sale()
    set_lot_state(lot_id=sale.offer.lot_id, state=LotState.STOPPED)
    html = page(client, f"/live/{sale.session.id}/")
    assert re.search(r"data-buy[^>]* hidden>", html)
    assert re.search(r"data-off>\s*已停售\s*<", html)
    assert re.search(r"data-out hidden", html)
    assert re.search(r'id="all-gone" hidden', html)
    facts = client.get(f"/live/{sale.session.id}/state").json()["offers"][str(sale.offer.id)]
    assert (facts["left"], facts["stopped"]) == (0, True)


def test_only_those_who_signed_in_are_asked_to_write(client: Client) -> None:
    sale = make_sale()
    path = f"/live/{sale.session.id}/"
    assert "登录后说点什么" in page(client, path)
    client.force_login(make_person(county_id=sale.stall.county_id))
    html = page(client, path)
    assert 'name="text"' in html
    assert "登录后说点什么" not in html


def test_what_people_write_is_shown_as_text(client: Client) -> None:
    sale = make_sale()
    viewer = make_person(county_id=sale.stall.county_id, name="<i>坏</i>")
    live_operations.say(
        by=viewer,
        session_id=sale.session.id,
        text="<script>alert(1)</script>",
        kind=MessageKind.CHAT,
        now=NOW,
    )
    html = page(client, f"/live/{sale.session.id}/")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert "<i>坏" not in html


def test_an_answer_stands_with_its_question(client: Client) -> None:
    sale = make_sale()
    viewer = make_person(county_id=sale.stall.county_id)
    question = live_operations.say(
        by=viewer, session_id=sale.session.id, text="甜吗", kind=MessageKind.QUESTION, now=NOW
    )
    live_operations.say(
        by=sale.stall.presenter,
        session_id=sale.session.id,
        text="14 度",
        kind=MessageKind.ANSWER,
        answers=question.id,
        now=NOW,
    )
    html = page(client, f"/live/{sale.session.id}/")
    assert '<span class="dm-asked">小满：甜吗</span><b>主播</b>14 度' in re.sub(r"\s*\n\s*", "", html)


def test_before_the_session_goods_are_shown_and_not_sold(client: Client) -> None:
    stall = make_stall()
    session = make_session(stall, open_=False)
    offer = make_offer(stall, session)
    html = page(client, f"/live/{session.id}/")
    assert "黄桃 5 斤装" in html
    assert f"/buy/{offer.id}/" not in html
    assert "开播时间" in html


def test_after_the_session_the_page_tells_what_was_sold(client: Client) -> None:
    sale = make_sale()
    make_order(sale, packs=2)
    now = NOW + timedelta(hours=1)
    live_operations.close_session(by=sale.stall.chief, session_id=sale.session.id, now=now)
    trade_operations.close_session_offers(by=None, session_id=sale.session.id, now=now)
    html = page(client, f"/live/{sale.session.id}/")
    assert "果农秀兰谢谢你来捧场" in html
    assert "卖出 2 份" in html
    assert f"/buy/{sale.offer.id}/" not in html
    assert "is-out" not in html


def test_a_session_called_off_is_not_there_for_the_public_and_named_so_to_its_people(client: Client) -> None:
    crew = make_crew()
    session = plan_session(crew)
    live_operations.cancel_session(by=crew.chief, session_id=session.id, now=NOW)
    assert client.get(f"/live/{session.id}/").status_code == 404
    client.force_login(crew.chief)
    assert "这场直播取消了" in page(client, f"/live/{session.id}/")
    assert client.get("/live/999999/").status_code == 404


def test_the_room_takes_few_queries_however_much_is_in_it(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    sale = make_sale(quantity=10_000, packs=10)
    for number in range(8):
        make_offer(sale.stall, sale.session, title=f"黄桃 {number}", packs=10)
        viewer = make_person(county_id=sale.stall.county_id)
        for _ in range(4):
            live_operations.say(
                by=viewer, session_id=sale.session.id, text="甜", kind=MessageKind.CHAT, now=NOW
            )
    client.force_login(viewer)
    with django_assert_max_num_queries(14):
        page(client, f"/live/{sale.session.id}/")
    with django_assert_max_num_queries(6):
        assert client.get(f"/live/{sale.session.id}/state").status_code == 200


def test_no_page_holds_inline_script_or_style(client: Client) -> None:
    sale = make_sale()
    planned = make_session(sale.stall, open_=False)
    for path in (f"/live/{sale.session.id}/", f"/live/{planned.id}/", "/live/"):
        html = page(client, path)
        assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html), path
        for script in re.findall(r"<script([^>]*)>", html):
            assert "src=" in script or "application/json" in script, script


def test_the_state_is_the_room_in_one_frame(client: Client) -> None:
    sale = make_sale()
    live_operations.like(session_id=sale.session.id, count=4)
    live_operations.transcribe(
        by=sale.stall.chief, session_id=sale.session.id, text="一级果", at=NOW, source="typed", now=NOW
    )
    before = timezone.now()
    told = json.loads(client.get(f"/live/{sale.session.id}/state").content)
    assert told["offers"] == {
        str(sale.offer.id): {
            "left": 100,
            "sold": 0,
            "units": 100,
            "price_fen": 3980,
            "state": "open",
            "stopped": False,
        }
    }
    assert (told["state"], told["likes"], told["explaining"], told["chat"]) == ("live", 4, None, [])
    assert [line["text"] for line in told["transcript"]] == ["一级果"]
    assert told["id"] >= int(before.timestamp() * 1000)
    assert client.get("/live/999999/state").status_code == 404


def test_a_crowd_that_reads_the_state_at_once_reads_it_once(
    client: Client, django_assert_num_queries: Any
) -> None:
    sale = make_sale()
    client.get(f"/live/{sale.session.id}/state")
    with django_assert_num_queries(0):
        assert client.get(f"/live/{sale.session.id}/state").status_code == 200


def test_the_list_puts_live_coming_and_past_under_their_own_names(client: Client) -> None:
    sale = make_sale()
    now = timezone.now()
    stall = sale.stall
    tomorrow = live_operations.plan(
        by=stall.chief,
        organiser_id=stall.cooperative.id,
        cooperative_id=stall.cooperative.id,
        host_id=stall.host.id,
        agreement_version_id=stall.version.id,
        title="明天的场",
        starts_at=now + timedelta(days=1),
        now=now,
    )
    make_offer(stall, tomorrow, packs=1)
    html = page(client, "/live/")
    parts = [
        html.index(words) for words in ("直播中</h2>", sale.session.title, "即将开播", "明天的场", "往期直播")
    ]
    assert parts == sorted(parts)
    assert "第一场还没开始" in html


@pytest.mark.scene("bare")
def test_an_empty_county_has_a_page_that_says_so(client: Client) -> None:
    html = page(client, "/live/?page=x")
    assert "现在没有人在直播" in html


def test_there_is_no_picture_for_a_session_without_a_clip(client: Client) -> None:
    sale = make_sale()
    assert client.get(f"/live/{sale.session.id}/video.m3u8").status_code == 404
    assert "video.m3u8" not in page(client, f"/live/{sale.session.id}/")


def test_the_picture_follows_the_session_s_clip(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    stall = make_stall()
    session = make_session(stall, open_=False)
    live_operations.edit(by=stall.chief, session_id=session.id, clip="orchard", now=NOW)
    path = f"/live/{session.id}/video.m3u8"
    assert client.get(path).status_code == 404  # not yet live
    live_operations.open_session(by=stall.chief, session_id=session.id, now=NOW)
    assert client.get(path).status_code == 404  # the clip is not there
    film = make_film(tmp_path / "film.mp4", seconds=6)
    package_hls(film, clip_directory(tmp_path, "orchard"))
    playlist = client.get(path)
    assert playlist["Content-Type"] == "application/vnd.apple.mpegurl"
    assert "/media/clips/orchard/" in playlist.content.decode()
    assert "#EXT-X-ENDLIST" not in playlist.content.decode()
    live_operations.close_session(by=stall.chief, session_id=session.id, now=NOW + timedelta(hours=1))
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(hours=1, seconds=1))
    assert "#EXT-X-ENDLIST" in client.get(path).content.decode()
