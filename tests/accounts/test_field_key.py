"""A wrong or lost field key is refused before anything is served, and a key made anew does not stay."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from fieldcast.accounts import seal
from fieldcast.config import environment, provision
from fieldcast.config import settings as platform_settings
from tests.factories.accounts import make_county, make_person

pytestmark = pytest.mark.django_db
ANOTHER = "another key, as long as one should be"


def test_the_key_a_database_was_sealed_with_opens_it_and_another_is_refused(
    now: datetime, settings: Settings
) -> None:
    seal.check()
    seal.seal(now=now)
    seal.seal(now=now)
    seal.check()
    settings.FIELD_KEY = ANOTHER
    with pytest.raises(seal.WrongFieldKey) as refused:
        seal.check()
    assert refused.value.facts["given"] != refused.value.facts["wanted"]
    assert ANOTHER not in str(refused.value)


def test_a_database_from_before_the_seal_is_known_by_its_people(settings: Settings) -> None:
    make_person(county_id=make_county())
    seal.check()
    settings.FIELD_KEY = ANOTHER
    with pytest.raises(seal.WrongFieldKey):
        seal.check()


def test_one_damaged_number_is_not_taken_for_another_key() -> None:
    county = make_county()
    first = make_person(county_id=county)
    make_person(county_id=county)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET phone = 'not encrypted' WHERE id = %s", [first.pk])
    seal.check()


def test_an_empty_database_takes_any_key(settings: Settings) -> None:
    settings.FIELD_KEY = ANOTHER
    seal.check()


def test_the_seal_cannot_be_replaced(now: datetime) -> None:
    seal.seal(now=now)
    for statement in ("UPDATE accounts_fieldkeyseal SET word = ''", "DELETE FROM accounts_fieldkeyseal"):
        with (
            connection.cursor() as cursor,
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
        ):
            cursor.execute(statement)


def test_a_key_made_anew_for_a_sealed_database_is_refused_and_does_not_stay(
    now: datetime, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal.seal(now=now)
    lost = environment.read({"FIELDCAST_HOME": str(tmp_path)})
    monkeypatch.setattr(platform_settings, "ENV", lost)
    settings.FIELD_KEY = lost.field_key
    with pytest.raises(seal.WrongFieldKey):
        provision.check_field_key()
    assert [kept.name for kept in (tmp_path / "secrets").iterdir()] == ["secret-key"]


def test_a_new_key_is_kept_under_its_name_once_a_database_is_sealed_with_it(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = environment.read({"FIELDCAST_HOME": str(tmp_path)})
    assert environment.read({"FIELDCAST_HOME": str(tmp_path)}) == env
    monkeypatch.setattr(platform_settings, "ENV", env)
    settings.FIELD_KEY = env.field_key
    provision.check_field_key()
    provision.seal_field_key()
    assert (tmp_path / "secrets" / "field-key").read_text() == env.field_key
    assert environment.read({"FIELDCAST_HOME": str(tmp_path)}) == env
