"""The live view: explain, answer, announce, write down, hide, end. With the page's script and without it."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.types import MessageKind, MessageView, SessionState
from fieldcast.trade import operations as trade_operations
from tests.factories.accounts import NOW
from tests.factories.trade import Sale, later, make_buyer, make_offer, make_order, make_sale
from tests.web.shared.clock import Turn
from tests.web.shared.desk import CHINESE, browser, make_officer
from tests.web.shared.reading import error_beside, words

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def view(sale: Sale, **headers: str) -> Any:
    """The presenter's live view."""
    return browser(sale.stall.presenter, language=headers or {"accept-language": "en"}).get(
        f"/studio/sessions/{sale.session.id}/"
    )


def ask(sale: Sale, text: str = "甜吗？", name: str = "小满") -> MessageView:
    """A shopper asks."""
    return live_operations.say(
        by=make_buyer(sale, name), session_id=sale.session.id, text=text, kind=MessageKind.QUESTION, now=NOW
    )


def post(sale: Sale, what: str, data: dict[str, Any], **headers: str) -> Any:
    """The presenter presses a button."""
    return browser(sale.stall.presenter).post(
        f"/studio/sessions/{sale.session.id}/{what}", data, headers=headers or None
    )


def test_the_live_view_shows_each_offer_with_what_is_left_and_sold() -> None:
    sale = make_sale()
    make_order(sale, packs=3)
    make_order(sale, until="reserved", packs=2)
    text = words(view(sale))
    assert "95 of 100 packs left 3 sold" in text


def test_an_offer_is_explained_and_done_with() -> None:
    sale = make_sale()
    response = post(sale, "explain", {"offer": sale.offer.id})
    assert response["Location"] == f"/studio/sessions/{sale.session.id}/"
    assert live.session(session_id=sale.session.id).explaining_offer_id == sale.offer.id
    assert "goods-row is-explained" in view(sale).content.decode()
    assert post(sale, "explain", {"offer": ""}, **HTMX).status_code == 204
    assert live.session(session_id=sale.session.id).explaining_offer_id is None


@pytest.mark.parametrize("offer", ["999999", "x", "theirs"])
def test_only_an_offer_of_this_session_can_be_explained(offer: str) -> None:
    sale = make_sale()
    live_operations.explain(by=sale.stall.chief, session_id=sale.session.id, offer_id=sale.offer.id, now=NOW)
    chosen = make_sale().offer.id if offer == "theirs" else offer
    assert post(sale, "explain", {"offer": chosen}).status_code == 404
    assert live.session(session_id=sale.session.id).explaining_offer_id == sale.offer.id


def test_a_question_waits_with_a_box_for_its_answer_and_then_stands_among_the_answered() -> None:
    sale = make_sale()
    question = ask(sale)
    page = view(sale)
    assert f'name="question" value="{question.id}"' in page.content.decode()
    response = post(sale, "answer", {"question": question.id, "text": "甜，14 度", "once": "A" * 16})
    assert response["Location"] == f"/studio/sessions/{sale.session.id}/"
    assert live.questions(session_id=sale.session.id, answered=True)[0].id == question.id
    page = view(sale).content.decode()
    assert f'name="question" value="{question.id}"' not in page
    assert "甜，14 度" in page.split('id="answered"')[1].split("</ol>")[0]


def test_words_sent_twice_are_said_once() -> None:
    sale = make_sale()
    question = ask(sale)
    for _time in range(2):
        post(sale, "answer", {"question": question.id, "text": "甜", "once": "B" * 16})
        post(sale, "announce", {"text": "大家好", "once": "C" * 16})
        post(sale, "transcribe", {"text": "今早采的", "once": "D" * 16})
    said = [one.text for one in live.recent_messages(session_id=sale.session.id)]
    assert said == ["甜吗？", "甜", "大家好"]
    assert len(live.transcript(session_id=sale.session.id)) == 1


def test_every_form_of_the_view_has_a_key_of_its_own() -> None:
    sale = make_sale()
    ask(sale)
    ask(sale, name="阿勇")
    page = view(sale).content.decode().split("<template")[0]
    keys = re.findall(r'name="once" value="([^"]+)"', page)
    assert len(keys) == 4
    assert len(set(keys)) == 4
    assert all(len(key) == 16 for key in keys)


def test_what_is_announced_stands_in_the_chat_as_the_hosts() -> None:
    sale = make_sale()
    post(sale, "announce", {"text": "八点截单"})
    (message,) = live.recent_messages(session_id=sale.session.id)
    assert message.kind == MessageKind.NOTICE
    assert "Host 八点截单" in words(view(sale))


def test_what_is_said_is_kept_with_its_time(clock: Turn) -> None:
    sale = make_sale()
    clock(later(90))
    post(sale, "transcribe", {"text": "每箱五斤，坏果包赔"})
    (line,) = live.transcript(session_id=sale.session.id)
    assert (line.text, line.at, line.source) == ("每箱五斤，坏果包赔", later(90), "typed")
    assert "14:01 每箱五斤，坏果包赔" in words(view(sale))


@pytest.mark.parametrize("what", ["announce", "transcribe"])
def test_words_the_room_cannot_take_come_back_to_the_writer(what: str) -> None:
    sale = make_sale()
    long = "长" * 1001
    page = browser(sale.stall.presenter).post(
        f"/studio/sessions/{sale.session.id}/{what}", {"text": long}, follow=True
    )
    assert "at most" in words(page)
    assert f"You wrote: {long}" in words(page)
    empty = browser(sale.stall.presenter).post(
        f"/studio/sessions/{sale.session.id}/{what}", {"text": "  "}, follow=True
    )
    assert "There is nothing to send yet." in words(empty)
    assert "You wrote" not in words(empty)


def test_a_script_is_told_why_words_were_refused_and_keeps_them() -> None:
    sale = make_sale()
    response = post(sale, "announce", {"text": "长" * 201}, **HTMX)
    assert response.status_code == 400
    assert response["HX-Retarget"] == "#toasts"
    assert "at most 200 fit" in response.content.decode()


def test_a_script_is_told_that_words_were_taken() -> None:
    sale = make_sale()
    response = post(sale, "announce", {"text": "大家好"}, **HTMX)
    assert response.status_code == 204
    assert "studio:sent" in json.loads(response["HX-Trigger"])


def test_a_host_who_writes_too_fast_is_asked_to_wait_and_loses_no_words() -> None:
    sale = make_sale()
    for number in range(5):
        post(sale, "announce", {"text": f"第 {number} 句"})
    page = browser(sale.stall.presenter).post(
        f"/studio/sessions/{sale.session.id}/announce", {"text": "第六句"}, follow=True
    )
    assert "Wait a moment, then send it again." in words(page)
    assert "You wrote: 第六句" in words(page)


@pytest.mark.parametrize("question", ["", "x", "999999"])
def test_an_answer_names_a_question_of_this_session(question: str) -> None:
    sale = make_sale()
    response = post(sale, "answer", {"question": question, "text": "甜"})
    assert response.status_code in (302, 409)
    assert live.recent_messages(session_id=sale.session.id) == ()


def test_a_line_is_hidden_from_everyone_and_kept() -> None:
    sale = make_sale()
    line = live_operations.say(
        by=make_buyer(sale), session_id=sale.session.id, text="加我微信", kind=MessageKind.CHAT, now=NOW
    )
    assert "加我微信" in words(view(sale))
    hide = f"/studio/messages/{line.id}/hide"
    assert f'href="{hide}"' in view(sale).content.decode()
    host = browser(sale.stall.presenter)
    asked = host.get(hide)
    assert "加我微信" in words(asked)
    assert '<option value="Advertising">' in asked.content.decode()
    page = host.post(hide, {"why": "广告"}, follow=True)
    assert "Hidden from everyone. It is kept on record." in words(page)
    chat, _comma, hidden_part = words(page).partition("Hidden from the chat")
    assert "加我微信" not in chat
    for said in ("加我微信", "广告", "秀兰"):
        assert said in hidden_part
    assert live.message(message_id=line.id).text == "加我微信"
    assert host.post("/studio/messages/999999/hide", {"why": "广告"}).status_code == 404


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(
    ("why", "said"),
    [("", "required"), (" \u202e ", "required"), ("字" * 101, "at most 100 characters")],
)
def test_a_line_is_hidden_for_a_reason_or_not_at_all(why: str, said: str, script: bool) -> None:
    sale = make_sale()
    line = live_operations.say(
        by=make_buyer(sale), session_id=sale.session.id, text="好吃", kind=MessageKind.CHAT, now=NOW
    )
    headers = {"HX-Request": "true"} if script else {}
    refused = browser(sale.stall.presenter).post(
        f"/studio/messages/{line.id}/hide", {"why": why}, headers=headers
    )
    assert refused.status_code == 422
    assert said in error_beside(refused, "why")
    assert ("<html" in refused.content.decode()) is not script
    assert [one.id for one in live.recent_messages(session_id=sale.session.id)] == [line.id]


def test_with_script_the_sheet_closes_and_the_words_are_said() -> None:
    sale = make_sale()
    line = live_operations.say(
        by=make_buyer(sale), session_id=sale.session.id, text="广告", kind=MessageKind.CHAT, now=NOW
    )
    done = browser(sale.stall.presenter).post(
        f"/studio/messages/{line.id}/hide", {"why": "广告"}, headers={"HX-Request": "true"}
    )
    assert done.status_code == 204
    assert '"sheet:close": "hide"' in done["HX-Trigger"]


def test_who_hid_a_line_and_why_is_read_by_the_authority_and_no_buyer() -> None:
    sale = make_sale()
    buyer = make_buyer(sale)
    line = live_operations.say(
        by=buyer, session_id=sale.session.id, text="加我微信", kind=MessageKind.CHAT, now=NOW
    )
    live_operations.hide_message(by=sale.stall.chief, message_id=line.id, why="广告", now=NOW)
    officer = browser(make_officer(sale.stall.county_id))
    shown = words(officer.get(f"/county/sessions/{sale.session.id}/"))
    assert "小满 加我微信 广告 · 社长 · 2026-11-22 14:00" in shown
    room = words(browser(buyer).get(f"/live/{sale.session.id}/"))
    assert "加我微信" not in room
    assert "社长" not in room
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=NOW)
    assert "广告 · 社长" in words(browser(sale.stall.presenter).get(f"/studio/sessions/{sale.session.id}/"))


def test_markup_in_a_question_is_only_text() -> None:
    sale = make_sale()
    ask(sale, text="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in view(sale).content.decode()
    assert "&lt;img src=x" in view(sale).content.decode()


def test_the_view_tells_its_script_where_the_frames_are() -> None:
    sale = make_sale()
    page = view(sale).content.decode()
    config = json.loads(
        page.split('<script id="studio-config" type="application/json">')[1].split("</script>")[0]
    )
    assert config["urls"] == {
        "events": f"/live/{sale.session.id}/events",
        "state": f"/live/{sale.session.id}/state",
    }
    assert config["state"] == "live"
    assert config["since"] > 0
    assert view(sale)["Cache-Control"] == "no-store"


def test_ending_closes_the_offers_and_shows_what_was_sold() -> None:
    sale = make_sale()
    make_order(sale, packs=2)
    page = browser(sale.stall.presenter).post(f"/studio/sessions/{sale.session.id}/end", follow=True)
    assert "The session has ended. What was not sold is free again." in words(page)
    assert "¥79.60" in words(page)
    assert live.session(session_id=sale.session.id).state == SessionState.ENDED
    assert sale.stock.free == 990
    again = browser(sale.stall.presenter).post(f"/studio/sessions/{sale.session.id}/end", follow=True)
    assert "This session is not live." in words(again)


@pytest.mark.parametrize("what", ["explain", "announce", "transcribe"])
def test_nothing_is_done_in_a_room_that_is_over(what: str) -> None:
    sale = make_sale()
    trade_operations.end_session(by=sale.stall.chief, session_id=sale.session.id, now=later(60))
    data = {"offer": "", "text": "还有吗"}
    before = len(live.recent_messages(session_id=sale.session.id))
    if what == "transcribe":  # recognition runs behind: what was said before the end may still come
        data["text"] = ""
    response = post(sale, what, data)
    assert response.status_code == 302
    assert len(live.recent_messages(session_id=sale.session.id)) == before
    assert live.transcript(session_id=sale.session.id) == ()


def test_a_closed_offer_stands_as_off_sale() -> None:
    sale = make_sale()
    trade_operations.close_offer(by=sale.stall.chief, offer_id=sale.offer.id, now=NOW)
    assert "goods-row is-closed" in " ".join(view(sale).content.decode().split())


def test_the_live_view_takes_as_many_statements_however_much_is_asked_and_offered() -> None:
    sale = make_sale()
    client = browser(sale.stall.presenter)
    address = f"/studio/sessions/{sale.session.id}/"
    counts = []
    for number in range(3):
        ask(sale, name=f"买家{number}")
        make_offer(sale.stall, sale.session, packs=1)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[-1] <= 14


def test_a_chinese_host_reads_chinese() -> None:
    sale = make_sale()
    ask(sale)
    text = words(view(sale, **CHINESE))
    for said in ("开始讲", "提问", "对大家说一句", "结束直播"):
        assert said in text or said in view(sale, **CHINESE).content.decode()
