"""Messages gathered into one frame: what replaces keeps the last, what is said is kept within a cap."""

import json

from fieldcast.live.hub.frames import CHAT_PER_FRAME, Draft, encode


def test_of_values_that_replace_each_other_the_last_wins() -> None:
    draft = Draft()
    draft.add({"s": 1, "viewers": 3, "explaining": 7})
    draft.add({"s": 1, "viewers": 5, "explaining": None, "state": "ended"})
    assert draft.take() == {"viewers": 5, "explaining": None, "state": "ended"}


def test_likes_never_go_back() -> None:
    draft = Draft()
    draft.add({"likes": 12})
    draft.add({"likes": 11})
    assert draft.take() == {"likes": 12}


def test_each_offer_keeps_its_last_facts() -> None:
    draft = Draft()
    draft.add({"offers": {"4": {"left": 9, "sold": 1, "state": "open"}, "5": {"left": 1}}})
    draft.add({"offers": {4: {"left": 8}}})
    assert draft.take() == {"offers": {"4": {"left": 8, "sold": 1, "state": "open"}, "5": {"left": 1}}}


def test_more_chat_than_anyone_can_read_loses_its_oldest_and_says_how_many() -> None:
    draft = Draft()
    for number in range(CHAT_PER_FRAME + 7):
        draft.add({"chat": [{"id": number}]})
    facts = draft.take()
    assert [line["id"] for line in facts["chat"]] == list(range(7, CHAT_PER_FRAME + 7))
    assert facts["dropped"] == 7


def test_a_draft_taken_is_empty_and_a_message_without_news_makes_none() -> None:
    draft = Draft()
    draft.add({"s": 1, "hidden": [4]})
    assert draft.take() == {"hidden": [4]}
    draft.add({"s": 1, "something": "else", "chat": []})
    assert not draft
    assert draft.take() == {}


def test_a_frame_is_one_server_sent_event_with_its_id_twice() -> None:
    frame = encode(17, {"chat": [{"text": "甜\n吗"}]}).decode()
    assert frame.startswith("id: 17\ndata: {")
    assert frame.endswith("\n\n")
    assert frame.count("\n") == 3  # a line break inside a text stays inside the JSON
    assert json.loads(frame.split("data: ")[1]) == {"id": 17, "chat": [{"text": "甜\n吗"}]}
