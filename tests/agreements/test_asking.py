"""Parties are asked for their consent on the desk: opened with the terms, done when agreed, withdrawn when replaced."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction

from fieldcast.agreements import operations
from fieldcast.agreements.asking import CONSENT, subject
from fieldcast.desk import queries as desk
from fieldcast.desk.checks import wrong_items
from fieldcast.desk.types import Deed, ItemState, ItemView
from tests.factories.accounts import NOW
from tests.factories.guards import behind_its_back
from tests.factories.market import Stall, make_stall
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall() -> Stall:
    return make_stall(agreed=False)


def asked(stall: Stall, organisation_id: int) -> ItemView:
    item = desk.item_about(
        kind=CONSENT.code, subject=subject(version_id=stall.version.id, organisation_id=organisation_id)
    )
    assert item is not None
    return item


def test_terms_wait_for_each_party_and_agreeing_ends_it(stall: Stall) -> None:
    host = asked(stall, stall.host.id)
    assert (host.state, host.escalates_to.organisation_id if host.escalates_to else 0) == (
        ItemState.WAITING,
        stall.cooperative.id,
    )
    for _again in range(2):
        operations.consent(
            by=stall.presenter, version_id=stall.version.id, organisation_id=stall.host.id, now=NOW
        )
    assert asked(stall, stall.host.id).state == ItemState.DONE
    assert [step.deed for step in desk.steps_of(item_id=host.id)] == [Deed.OPENED, Deed.DONE]
    assert wrong_items().figure == 0


def test_newer_terms_and_an_end_take_the_question_back(stall: Stall) -> None:
    newer = operations.revise(
        by=stall.chief, agreement_id=stall.version.agreement_id, terms=stall.version.terms, now=NOW
    )
    old = asked(stall, stall.host.id)
    assert old.state == ItemState.WITHDRAWN
    assert desk.steps_of(item_id=old.id)[-1].why == "A newer version stands."
    (waits,) = desk.waiting_for(person_id=stall.presenter.pk)
    assert waits.subject == subject(version_id=newer.id, organisation_id=stall.host.id)
    operations.end_agreement(by=stall.chief, agreement_id=stall.version.agreement_id, now=NOW)
    assert desk.waiting_for(person_id=stall.presenter.pk) == ()


def test_terms_that_are_not_kept_ask_nobody(stall: Stall) -> None:
    before = desk.waiting_for(person_id=stall.driver.pk)
    with transaction.atomic():
        operations.revise(
            by=stall.chief, agreement_id=stall.version.agreement_id, terms=stall.version.terms, now=NOW
        )
        transaction.set_rollback(True)
    assert desk.waiting_for(person_id=stall.driver.pk) == before


def test_those_who_had_not_agreed_before_there_was_a_desk_are_asked(stall: Stall) -> None:
    operations.consent(
        by=stall.presenter, version_id=stall.version.id, organisation_id=stall.host.id, now=NOW
    )
    behind_its_back("DELETE FROM desk_itemstep")
    behind_its_back("DELETE FROM desk_item")
    import_module("fieldcast.agreements.migrations.0008_consents_are_asked_on_the_desk").ask(apps, connection)
    assert desk.waiting_for(person_id=stall.presenter.pk) == ()
    (waits,) = desk.waiting_for(person_id=stall.driver.pk)
    assert waits.subject == subject(version_id=stall.version.id, organisation_id=stall.carrier.id)
    assert wrong_items().figure == 0


def test_a_party_hands_it_over_on_its_page_and_reads_its_history_in_chinese(stall: Stall) -> None:
    item, client = asked(stall, stall.host.id), browser(stall.presenter, language=CHINESE)
    page = f"/me/desk/{item.id}/"
    assert page in client.get("/studio/").content.decode()
    client.post(page, {"do": "hand_over", "to": stall.presenter.pk, "words": "我来办"})
    assert "有人交给你办" in words(client.get(page))
    client.post(page, {"do": "accept"})
    shown = words(client.get(page))
    assert "接手" in shown
    assert "我来办" in shown
    client.post(page, {"do": "answer", "words": "好"})
    assert asked(stall, stall.host.id).waits
    assert client.post(page, {"do": "nonsense"}).status_code == 404
    assert browser(stall.driver).get(page).status_code == 404


def test_every_console_says_that_nothing_waits(stall: Stall) -> None:
    operations.consent(
        by=stall.presenter, version_id=stall.version.id, organisation_id=stall.host.id, now=NOW
    )
    client = browser(stall.presenter)
    assert "Nothing waits for you" in words(client.get("/studio/"))
    assert "What waits for me" not in words(client.get("/me/"))
