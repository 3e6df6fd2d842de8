"""`fieldcast check-books`: what was read, and whether it holds, in words, as JSON and as an exit status."""

import json

import pytest
import typer

from fieldcast.commands import _options
from fieldcast.commands.check_books import check_books
from fieldcast.config import provision, setup
from tests.factories.guards import behind_its_back
from tests.factories.trade import sale_with_paid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own database stands for the one of a home."""
    sale_with_paid()
    monkeypatch.setattr(_options, "read", lambda **_: None)
    monkeypatch.setattr(setup, "django", lambda _: None)
    monkeypatch.setattr(provision, "pending_migrations", lambda: False)


def test_everything_is_read_and_then_what_is_new(capsys: pytest.CaptureFixture[str]) -> None:
    behind_its_back("UPDATE trade_order SET expires_at = now() + interval '1 day'")
    check_books(everything=True)
    assert capsys.readouterr().out == "The books hold: everything was read.\n"
    check_books()
    assert capsys.readouterr().out.startswith("The books hold: read since 20")
    check_books(as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], said["details"]) == (True, [])
    assert said["read_since"]


def test_books_that_do_not_hold_end_it_with_one_and_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    behind_its_back("UPDATE trade_payment SET amount_fen = amount_fen + 1")
    with pytest.raises(typer.Exit) as ended:
        check_books()
    assert ended.value.exit_code == 1
    said = capsys.readouterr().out
    assert said.startswith("The books do not hold: everything was read.\n  ")
