"""`fieldcast agreement work-out`: one JSON for a case, a list for a list, and refusals in words."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# seven boxes of 5 jin at ¥40: ¥280. Carrier 7 × ¥9 = ¥63, farmer 35 × ¥3.80 = ¥133, of the ¥84 left 35 % = ¥29.40
CASE: dict[str, Any] = {
    "terms": {
        "schema": 2,
        "clauses": [
            {"kind": "per_pack", "to": "carrier", "fen": 900},
            {"kind": "guarantee", "to": "farmer", "price_fen": {"peach": {"A": 380}}},
            {"kind": "rebate", "to": "farmer", "rate_bp": 3500},
            {"kind": "rest", "to": "cooperative"},
        ],
        "period_clauses": [
            {"kind": "base_pay", "from": "cooperative", "to": "host", "fen": 1000, "agreed_sessions": 3}
        ],
    },
    "lines": [
        {
            "order_line_id": 9,
            "product": "peach",
            "grade": "A",
            "packs": 7,
            "units_per_pack": 5,
            "price_fen": 4000,
            "refunded_fen": 0,
        }
    ],
    "facts": {"sessions_held": 2},
}
ANSWER = {
    "lines": [
        {
            "order_line_id": 9,
            "shares": [
                {"clause": 1, "role": "carrier", "amount_fen": 6300},
                {"clause": 2, "role": "farmer", "amount_fen": 13300},
                {"clause": 3, "role": "farmer", "amount_fen": 2940},
                {"clause": 4, "role": "cooperative", "amount_fen": 5460},
            ],
        }
    ],
    "period": [
        {"clause": 5, "role": "cooperative", "amount_fen": -667},
        {"clause": 5, "role": "host", "amount_fen": 667},
    ],
    "totals": {"carrier": 6300, "cooperative": 4793, "farmer": 16240, "host": 667},
    "net_fen": 28000,
}


def run(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fieldcast.cli", "agreement", "work-out", str(file), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def written(tmp_path: Path, what: object) -> Path:
    file = tmp_path / "case.json"
    file.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
    return file


def test_a_case_is_one_object_and_a_list_a_list(tmp_path: Path) -> None:
    assert json.loads(run(written(tmp_path, CASE), "--json").stdout) == ANSWER
    assert json.loads(run(written(tmp_path, [CASE, CASE]), "--json").stdout) == [ANSWER, ANSWER]


def test_people_read_the_clauses_and_what_everyone_gets(tmp_path: Path) -> None:
    said = run(written(tmp_path, CASE), "--language", "zh").stdout
    assert "1. 冷链快递每发出一箱得 ¥9.00，退了款也照付。" in said
    assert "¥162.40" in said


@pytest.mark.parametrize(
    ("what", "named"),
    [
        ("{", "case.json"),
        ("[1]", "int"),
        ({"terms": []}, "terms"),
        ({**CASE, "gift": 1}, "gift"),
        ({**CASE, "lines": [{**CASE["lines"][0], "packs": True}]}, "packs"),
        ({**CASE, "lines": [{**CASE["lines"][0], "refunded_fen": 28001}]}, "lines[1]"),
        (json.dumps(CASE).replace('"packs": 7', '"packs": ' + "9" * 4000), "packs"),
        ({**CASE, "lines": [{**CASE["lines"][0], "product": "\u001b[31m"}]}, "product"),
        ('{"terms": {},' + json.dumps(CASE)[1:], "2 × 'terms'"),
        ({**CASE, "facts": {"points": {"household:1": -1}}}, "points.household:1"),
        ({**CASE, "facts": {"late": [{"due_fen": 1}]}}, "facts"),
        ({**CASE, "terms": {"schema": 2, "clauses": []}}, "clauses"),
    ],
)
def test_what_is_no_case_is_refused_and_nothing_printed(tmp_path: Path, what: object, named: str) -> None:
    done = run(written(tmp_path, what), "--json", "--language", "en")
    assert (done.returncode, done.stdout) == (1, "")
    assert named in done.stderr or named == "clauses"
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    done = run(tmp_path / "none.json")
    assert done.returncode == 1
    assert "none.json" in done.stderr


def what_if(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fieldcast.cli", "agreement", "what-if", str(file), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_if_answers_before_anybody_signs(tmp_path: Path) -> None:
    case = {
        **CASE,
        "chain": {"stages": [{"name": "farmer", "fen": 300}, {"name": "shop", "added_bp": 20_000}]},
        "promise": {"gain_fen": 50_000, "penalty_fen": 100_000, "detection_bp": 3000},
    }
    answer = json.loads(what_if(written(tmp_path, case), "--json", "--language", "en").stdout)
    keys = {"grid", "worst_for_farmer", "farmer_share_bp", "chain_share_bp", "deters", "sentence"}
    assert set(answer) == keys
    assert len(answer["grid"]) == 3 * 3 * 3 * 2
    assert answer["worst_for_farmer"] in answer["grid"]
    assert (answer["farmer_share_bp"], answer["chain_share_bp"], answer["deters"]) == (5800, 3333, False)
    assert "does not deter" in answer["sentence"]


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"grid": {"price": [1]}}, "grid: price"),
        ({"grid": {"price_bp": []}}, "grid.price_bp"),
        ({"grid": {"unsold_bp": [10_001]}}, "grid.unsold_bp"),
        ({"lines": CASE["lines"] * 20_000}, "54 × 20,000"),
        ({"chain": {"stages": [{"fen": "1"}]}}, "chain.stages[1].fen"),
        ({"promise": {"gain_fen": 0}}, "promise"),
        ({"promise": {"gain_fen": 5, "luck": 1}}, "luck"),
    ],
)
def test_what_if_refuses_what_it_cannot_try(tmp_path: Path, more: dict[str, Any], named: str) -> None:
    done = what_if(written(tmp_path, {**CASE, **more}), "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert named in done.stderr
