"""A check by day reads what came after the last signed reading of everything; what it cannot see, the night finds."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from fieldcast.settlement.models import Statement, StatementLine
from fieldcast.settlement.operations import settle_due
from fieldcast.supervision import books, marks, queries
from fieldcast.supervision.models import BooksMark
from fieldcast.supervision.operations import check_everything
from fieldcast.supervision.tasks import check_books
from fieldcast.supervision.types import Invariants
from tests.factories.guards import behind_its_back, guards_asleep
from tests.factories.prepared import scene
from tests.factories.trade import Sale, later, make_order, ordinary_sale

pytestmark = pytest.mark.django_db
NIGHT, DAY = later(4000), later(8000)


@scene(on=ordinary_sale)
def marked(sale: Sale) -> Sale:
    """A sale of which something is settled, a reading of everything, and then something more that is settled."""
    for until in ("paid", "received", "closed"):
        make_order(sale, until=until)
    settle_due(now=later(3600))
    assert check_everything(now=NIGHT).details == ()
    make_order(sale, until="paid")
    make_order(sale, until="closed")
    settle_due(now=later(7200))
    return sale


def by_day() -> Invariants:
    """What the page's check says."""
    return queries.invariants_since(now=DAY)


def read() -> BooksMark:
    """The mark."""
    return BooksMark.objects.get()


def test_an_honest_day_is_read_since_the_night_and_says_so() -> None:
    marked()
    found = by_day()
    assert (found.read_since, found.details) == (NIGHT, ())
    assert queries.everything_read_at() == NIGHT
    assert queries.invariants(now=DAY).read_since is None


def test_without_a_mark_everything_is_read() -> None:
    assert by_day().read_since is None
    assert queries.everything_read_at() is None


def test_marks_follow_one_another_and_reach_further() -> None:
    marked()
    check_everything(now=DAY)
    first, second = BooksMark.objects.order_by("id")
    assert second.before == first
    assert second.read["ids"]["ledger_posting"] > first.read["ids"]["ledger_posting"]
    assert by_day().read_since == DAY
    assert marks.broken().figure == 0


def test_no_mark_says_that_what_is_wrong_was_right() -> None:
    marked()
    behind_its_back("UPDATE settlement_statementline SET amount_fen = amount_fen + 7")
    assert check_everything(now=DAY).unexplained_fen > 0
    assert BooksMark.objects.count() == 1


NEW_AND_WRONG = {
    "a line that its formula does not give": "UPDATE settlement_statementline SET amount_fen = amount_fen + 7"
    " WHERE id = (SELECT max(id) FROM settlement_statementline)",
    "a line added to an old statement": "INSERT INTO settlement_statementline"
    " (statement_id, order_line_id, agreement_version_id, clause, kind, formula, inputs, amount_fen)"
    " SELECT statement_id, order_line_id, agreement_version_id, clause, kind, formula, inputs, amount_fen"
    " FROM settlement_statementline ORDER BY id LIMIT 1",
    "a statement that says another sum": "UPDATE settlement_statement SET total_fen = total_fen + 5"
    " WHERE id = (SELECT max(id) FROM settlement_statement)",
    "a line settled and shared with nobody": "INSERT INTO settlement_settledline"
    " (order_line_id, run_key, net_fen, settled_at)"
    " SELECT id, 'x', total_fen, now() FROM trade_orderline WHERE settled_at IS NULL LIMIT 1",
    "a posting added to an old transfer": "INSERT INTO ledger_posting (transfer_id, account_id, amount_fen)"
    " SELECT transfer_id, account_id, 1 FROM ledger_posting ORDER BY id LIMIT 1",
    "a new posting changed": "UPDATE ledger_posting SET amount_fen = amount_fen + 1"
    " WHERE id = (SELECT max(id) FROM ledger_posting)",
    "a balance changed": "UPDATE ledger_account SET balance_fen = balance_fen + 1"
    " WHERE id = (SELECT min(id) FROM ledger_account WHERE purpose = 'escrow')",
    "a run moved under another name": "UPDATE ledger_transfer SET client_id = client_id || '1'"
    " WHERE id = (SELECT max(id) FROM ledger_transfer WHERE client_id LIKE 'settle:%')",
}


@pytest.mark.parametrize("statement", NEW_AND_WRONG.values(), ids=NEW_AND_WRONG)
def test_what_is_new_and_wrong_is_found_by_day_and_then_everything_is_read(statement: str) -> None:
    marked()
    behind_its_back(statement)
    mark = marks.newest()
    assert mark is not None
    assert not books.rows_hold(books.read_since(mark, now=DAY))  # what is new alone shows it
    found = by_day()
    assert (found.ok, found.read_since) == (False, None)
    assert found.details


OLD_AND_WRONG = {
    "a line": "UPDATE settlement_statementline SET amount_fen = amount_fen + 7"
    " WHERE id = (SELECT min(id) FROM settlement_statementline)",
    "a posting": "UPDATE ledger_posting SET amount_fen = amount_fen + 1"
    " WHERE id = (SELECT min(id) FROM ledger_posting)",
}


@pytest.mark.parametrize("statement", OLD_AND_WRONG.values(), ids=OLD_AND_WRONG)
def test_what_is_old_and_was_changed_behind_the_guards_is_found_by_night(
    statement: str, caplog: pytest.LogCaptureFixture
) -> None:
    marked()
    behind_its_back(statement)
    assert not queries.invariants(now=DAY).ok
    assert check_books(0) is False
    assert "The books do not hold" in caplog.text
    assert BooksMark.objects.count() == 1


def test_an_old_line_is_not_read_again_by_day() -> None:
    """The control: it is what makes the check by day short, and why the night reads everything."""
    marked()
    behind_its_back(OLD_AND_WRONG["a line"])
    assert by_day().read_since == NIGHT
    assert by_day().unexplained_fen == 0


UNBELIEVED = {
    "another moment": "UPDATE supervision_booksmark SET at = at + interval '1 day'",
    "other sums": "UPDATE supervision_booksmark SET read = jsonb_set(read, '{statements,shared_fen}', '1')",
    "another seal": "UPDATE supervision_booksmark SET seal = reverse(seal)",
}


@pytest.mark.parametrize("statement", UNBELIEVED.values(), ids=UNBELIEVED)
def test_a_mark_with_a_broken_seal_is_not_believed_and_is_named(statement: str) -> None:
    marked()
    behind_its_back(statement)
    found = by_day()
    assert (found.read_since, found.trails_broken) == (None, 1)
    assert "mark of the books" in found.details[0]
    assert queries.everything_read_at() is None


def test_a_mark_written_by_hand_breaks_the_chain() -> None:
    marked()
    row = read()
    BooksMark.objects.create(before=row, at=DAY, read=row.read, digest=row.digest, seal="0" * 64)
    assert by_day().read_since is None
    assert by_day().trails_broken == 1
    assert queries.everything_read_at() == NIGHT


def test_rows_that_were_read_and_are_gone_have_everything_read() -> None:
    marked()
    newest = read().read["ids"]["settlement_statementline"]
    with guards_asleep():
        StatementLine.objects.filter(id__gte=newest)._raw_delete("default")
    found = by_day()
    assert (found.ok, found.read_since) == (False, None)


@pytest.mark.parametrize("change", [lambda row: row.save(), lambda row: row.delete()])
def test_a_mark_is_append_only(change: Callable[[BooksMark], None]) -> None:
    marked()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(read())


def test_a_mark_is_followed_by_one() -> None:
    marked()
    ids = read().read["ids"]
    twin = BooksMark(before=None, at=DAY, read={"ids": ids}, seal="1" * 64)
    with pytest.raises(IntegrityError, match="one_books_mark_follows_another"), transaction.atomic():
        twin.save()


def test_a_run_of_which_a_part_was_read_before_is_read_as_a_whole() -> None:
    """Ids of one transaction and another's are mixed: a mark may lie between a statement and its transfer."""
    marked()
    row = read()
    row.read["ids"]["settlement_statement"] = Statement.objects.aggregate(id=Max("id"))["id"]
    row.read = {
        **row.read,
        "statements": {
            **row.read["statements"],
            "statement_id": row.read["ids"]["settlement_statement"],
            "said": _said(),
        },
    }
    row.digest = marks.digest_of(row.read)
    row.seal = marks.of(row, before=None)
    with guards_asleep(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM supervision_booksmark")
    BooksMark.objects.bulk_create([row])
    assert (by_day().read_since, by_day().details) == (NIGHT, ())


def _said() -> dict[str, int]:
    said: dict[str, int] = {}
    for party, fen in Statement.objects.values_list("party", "total_fen"):
        said[party] = said.get(party, 0) + fen
    return said


def test_nights_without_a_reading_are_something_to_look_at() -> None:
    sale = marked()
    county = sale.stall.county_id
    soon, late = (NIGHT + queries.READ_WITHIN, NIGHT + queries.READ_WITHIN * 2)
    assert "books_unread" not in {one.kind for one in queries.attention(county_id=county, now=soon)}
    (item,) = (one for one in queries.attention(county_id=county, now=late) if one.kind == "books_unread")
    assert (item.figure, item.since, item.link) == (4, NIGHT, "checks")
