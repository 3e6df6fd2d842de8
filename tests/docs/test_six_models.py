"""The page about six models in one agreement says what the calculation gives, to the fen, in both languages."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fieldcast.agreements.composed import Facts, Line, read_terms, work_out
from tests.docs import pages

PAGES = ("explanation/six-models.md", "explanation/six-models.zh-CN.md")
AMOUNT = re.compile(r"-?[\d,]+\.\d\d")


def case_of(text: str) -> Mapping[str, Any]:
    found = re.search(r"```json\n(.*?)\n```", text, flags=re.DOTALL)
    assert found is not None
    return dict(json.loads(found[1]))


def rows_of(text: str, columns: int) -> list[list[str]]:
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ") and line[2].isdigit()
    ]
    return [row for row in rows if len(row) == columns]


def fen(said: str) -> int:
    assert AMOUNT.fullmatch(said), said
    return round(float(said.replace(",", "")) * 100)


@pytest.mark.parametrize("page", PAGES)
def test_the_amounts_are_those_that_the_calculation_gives(page: str) -> None:
    text = (Path(pages.DOCS) / page).read_text(encoding="utf-8")
    case = case_of(text)
    worked = work_out(
        read_terms(case["terms"]), [Line(**row) for row in case["lines"]], Facts(**case["facts"])
    )
    [(_line, shares)] = worked.lines
    said = [(int(clause), who, fen(amount)) for clause, who, _how, amount in rows_of(text, 4)]
    assert said == [(share.clause, share.role, share.amount_fen) for share in shares]
    moved = [(int(clause), giver, taker, fen(last)) for clause, giver, taker, _how, last in rows_of(text, 5)]
    assert moved == [(move.clause, move.giver, move.taker, move.amount_fen) for move in worked.moves]
    farmer = sum(share.amount_fen for share in shares if share.role == "farmer")
    assert f"¥{farmer / 100:,.2f}" in text
