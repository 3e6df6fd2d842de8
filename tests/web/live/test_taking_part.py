"""What a visitor can do in a room: write, ask, like, share."""

import json

import pytest
from django.test import Client

from fieldcast.accounts.limits import LIKES, SHARES
from fieldcast.accounts.models import Person
from fieldcast.live import operations as live_operations
from fieldcast.live import queries as live
from fieldcast.live.types import MessageKind, SessionView
from tests.live.rooms import Crew, make_crew, make_viewer, open_session
from tests.web.shared.desk import sign_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def crew() -> Crew:
    return make_crew()


@pytest.fixture
def session(crew: Crew) -> SessionView:
    return open_session(crew)


@pytest.fixture
def viewer(crew: Crew, client: Client) -> Person:
    person = make_viewer(crew)
    sign_in(client, person)
    return person


def test_a_line_is_written_and_handed_back_to_its_writer(
    client: Client, session: SessionView, viewer: Person
) -> None:
    answer = client.post(f"/live/{session.id}/say", {"text": " 甜吗 ", "kind": "chat"}, headers=HTMX)
    assert answer.status_code == 204
    told = json.loads(answer["HX-Trigger"])
    assert told["room:said"]["message"]["text"] == "甜吗"
    assert "toast" not in told
    (line,) = live.recent_messages(session_id=session.id)
    assert (line.person_id, line.kind, line.id) == (
        viewer.pk,
        MessageKind.CHAT,
        told["room:said"]["message"]["id"],
    )


def test_a_question_is_marked_and_its_asker_told(
    client: Client, session: SessionView, viewer: Person
) -> None:
    answer = client.post(f"/live/{session.id}/say", {"text": "甜吗", "kind": "question"}, headers=HTMX)
    assert json.loads(answer["HX-Trigger"])["toast"]["text"] == "问题已经送到主播那里。"
    assert len(live.questions(session_id=session.id)) == 1


def test_a_visitor_cannot_pass_for_the_host(client: Client, session: SessionView, viewer: Person) -> None:
    for kind in ("notice", "answer", "anything"):
        client.post(f"/live/{session.id}/say", {"text": "全场半价", "kind": kind}, headers=HTMX)
    assert {line.kind for line in live.recent_messages(session_id=session.id)} == {MessageKind.CHAT}


def test_without_scripts_a_line_is_written_and_the_room_comes_back(
    client: Client, session: SessionView, viewer: Person
) -> None:
    answer = client.post(f"/live/{session.id}/say", {"text": "甜吗"})
    assert (answer.status_code, answer["Location"]) == (302, f"/live/{session.id}/")


def test_strangers_are_asked_to_sign_in(client: Client, session: SessionView) -> None:
    answer = client.post(f"/live/{session.id}/say", {"text": "甜吗"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")
    assert live.recent_messages(session_id=session.id) == ()


def test_writing_too_fast_is_refused_in_words_and_changes_nothing(
    client: Client, session: SessionView, viewer: Person
) -> None:
    for number in range(5):
        client.post(f"/live/{session.id}/say", {"text": str(number)}, headers=HTMX)
    answer = client.post(f"/live/{session.id}/say", {"text": "6"}, headers=HTMX)
    assert answer.status_code == 429
    assert answer["HX-Retarget"] == "#toasts"
    assert "你在 10 秒里已经发了 5 条" in answer.content.decode()
    assert len(live.recent_messages(session_id=session.id)) == 5


def test_likes_are_sent_in_handfuls_by_anyone(client: Client, session: SessionView) -> None:
    answer = client.post(f"/live/{session.id}/like", {"count": "7"}, headers=FETCH)
    assert answer.json() == {"likes": 7}
    assert client.post(f"/live/{session.id}/like")["Location"] == f"/live/{session.id}/"
    assert client.post(f"/live/{session.id}/like", {"count": "51"}, headers=FETCH).status_code == 400
    assert live.counts(session_id=session.id).likes == 8


def test_sharing_is_counted_and_shown_where_there_is_no_script(client: Client, session: SessionView) -> None:
    assert client.post(f"/live/{session.id}/share", headers=FETCH).status_code == 204
    answer = client.post(f"/live/{session.id}/share", follow=True)
    assert f"http://testserver/live/{session.id}/" in answer.content.decode()
    assert live.counts(session_id=session.id).shares == 2


def test_after_the_end_nothing_more_is_written_or_liked(
    client: Client, crew: Crew, session: SessionView, viewer: Person
) -> None:
    live_operations.close_session(
        by=crew.chief, session_id=session.id, now=session.opened_at or session.starts_at
    )
    assert client.post(f"/live/{session.id}/say", {"text": "甜吗"}, headers=HTMX).status_code == 409
    assert client.post(f"/live/{session.id}/like", headers=FETCH).status_code == 409


def test_changes_need_a_post_and_its_token(session: SessionView, viewer: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(viewer)
    for action in ("say", "like", "share"):
        assert strict.get(f"/live/{session.id}/{action}").status_code == 405
        assert strict.post(f"/live/{session.id}/{action}", {"text": "甜吗"}).status_code == 403


def test_one_address_likes_and_shares_only_so_often_and_the_rest_counts_for_nothing(
    client: Client, session: SessionView
) -> None:
    def sent(what: str, address: str) -> int:
        answer = client.post(
            f"/live/{session.id}/{what}", {"count": "50"}, headers=FETCH, REMOTE_ADDR=address
        )
        return answer.status_code

    assert {sent("like", "203.0.113.9") for _time in range(20)} == {200}
    assert live.counts(session_id=session.id).likes == LIKES.most
    assert sent("like", "203.0.113.10") == 200
    assert live.counts(session_id=session.id).likes == LIKES.most + 50
    assert {sent("share", "203.0.113.9") for _time in range(SHARES.most + 10)} == {204}
    assert live.counts(session_id=session.id).shares == SHARES.most
