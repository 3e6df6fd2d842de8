"""Twelve agreements that an independent calculator worked out on exact fractions, to the fen."""

import json
from pathlib import Path

import pytest

from fieldcast.agreements.composed import read_terms, work_out
from fieldcast.agreements.composed.formulas import unexplained_fen
from fieldcast.commands.agreement import _file
from fieldcast.commands.agreement.work_out import answer

CASES = Path(__file__).resolve().parents[4] / "shared" / "data" / "trade" / "agreement_cases.json"


@pytest.mark.skipif(not CASES.exists(), reason="the given cases lie beside the project, not in it")
def test_every_share_move_and_total_is_theirs() -> None:
    cases, listed = _file.read_cases(CASES)
    assert listed
    assert len(cases) == 12
    for case in cases:
        worked = work_out(read_terms(case["terms"]), _file.lines_of(case, CASES), _file.facts_of(case, CASES))
        assert json.loads(json.dumps(answer(worked))) == case["expected"], case["id"]
        shares = [share for _line, found in worked.lines for share in found]
        assert unexplained_fen([*shares, *worked.moves]) == 0
