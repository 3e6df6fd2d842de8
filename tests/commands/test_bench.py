"""`fieldcast bench settle`: what it measures was settled, copied and explained to the fen."""

import json
import subprocess
import sys

import pytest
from django.db.models import Sum

from fieldcast.commands.bench import _settling, settle
from fieldcast.ledger import queries as ledger
from fieldcast.settlement.models import Payout, SettledLine, StatementLine
from fieldcast.trade.models import OrderLine

pytestmark = [pytest.mark.django_db, pytest.mark.scene("bare")]
FIGURES = {
    "lines",
    "history",
    "lines_per_min",
    "lines_per_min_late",
    "bare_sql_lines_per_min",
    "bare_sql_lines_per_min_late",
    "ratio",
    "ratio_late",
    "unexplained_fen",
}


@pytest.mark.thorough  # a history to settle behind
def test_lines_are_settled_and_their_rows_copied_and_all_of_it_adds_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_settling, "SELLERS", 2)
    monkeypatch.setattr(_settling, "SESSIONS", 1)
    said: list[str] = []
    figures = _settling.measure(lines=19, history=50, say=said.append)
    assert said
    assert set(settle.answer(figures)) == FIGURES
    assert figures.unexplained_fen == 0
    assert min(figures.fresh.settled, figures.late.settled, figures.fresh.copied, figures.late.copied) > 0
    assert SettledLine.objects.count() == 50 + 2 * 19  # the first two and what was copied are of the history
    assert not OrderLine.objects.filter(settled_at__isnull=True).exists()
    kept = OrderLine.objects.aggregate(paid=Sum("total_fen"), back=Sum("refunded_fen"))
    assert StatementLine.objects.aggregate(fen=Sum("amount_fen"))["fen"] == kept["paid"] - kept["back"]
    assert Payout.objects.exists()
    assert ledger.imbalance().ok


@pytest.mark.thorough
def test_the_command_needs_nothing_and_prints_one_object() -> None:
    command = [sys.executable, "-m", "fieldcast.cli", "bench", "settle", "--json"]
    done = subprocess.run(
        [*command, "--lines", "40", "--history", "100"],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    answer = json.loads(done.stdout)
    assert set(answer) == FIGURES
    assert answer["ratio"] > 0
    assert answer["unexplained_fen"] == 0
    assert "settling" in done.stderr
