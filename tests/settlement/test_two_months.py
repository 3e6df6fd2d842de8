"""Two months under terms of all six models, as `fieldcast rehearse --agreements` plays them, without its kills."""

from datetime import datetime

import pytest
from django.utils import timezone

from fieldcast.rehearsal.agreements.play import play
from fieldcast.rehearsal.agreements.report import make_report
from fieldcast.rehearsal.agreements.scene import month_before, set_stage
from fieldcast.settlement import operations
from fieldcast.supervision import queries as supervision

# some five hundred operations: seconds, however little is sold
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def test_two_months_of_everything_leave_no_fen_out_of_place() -> None:
    now = timezone.now()
    began = [month_before(now, 3), month_before(now, 2)]
    stage = set_stage(buyers=6, opened=began[0])

    def settle(moment: datetime) -> int:
        operations.settle_due(now=moment)
        return 0

    played = play(stage, packs=6, seed=11, began=began, settle=settle)
    rules = supervision.invariants(now=timezone.now())
    report = make_report(played, buyers=6, packs=24, seed=11, rules=rules, seconds=1.0)
    assert report["failures"] == ["did not hold: a settlement was killed while it ran"]
    assert report["period_sheets"] == 2
    assert report["claims"] > 0
    assert report["unexplained_fen"] == report["ledger_imbalance_fen"] == 0
