"""The county writes a long chain down: with its sources, only ever added, and nothing that cannot be."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from fieldcast.agreements.chain import operations, problems, queries
from fieldcast.agreements.chain.types import ChainStageView
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.months import day_of
from tests.factories.accounts import NOW
from tests.factories.cover import make_officer
from tests.factories.market import make_stall

pytestmark = pytest.mark.django_db
TODAY = day_of(NOW)


def known(name: str, **figure: Any) -> ChainStageView:
    said: dict[str, Any] = {"name": name, "source": "县农业农村局调查", "day": TODAY}
    return ChainStageView(**said | figure)


FARMER = known("农户", fen=200)
WRONG: dict[str, tuple[dict[str, Any], type[Problem]]] = {
    "no stage": ({"stages": ()}, problems.StagesMissing),
    "nine stages": ({"stages": (FARMER,) * 9}, problems.StagesMissing),
    "two figures": ({"stages": (FARMER, known("批发", fen=1, added_bp=1))}, problems.TwoFigures),
    "a farmer on top of nothing": ({"stages": (known("农户", added_bp=100),)}, problems.FarmerInYuan),
    "no source": ({"stages": (FARMER, known("批发", fen=1, source=" "))}, problems.WhenceMissing),
    "of tomorrow": (
        {"stages": (FARMER, known("批发", fen=1, day=TODAY + timedelta(days=1)))},
        problems.WhenceMissing,
    ),
    "more than is paid": ({"stages": (FARMER, known("批发", fen=400))}, problems.MoreThanConsumer),
    "a consumer without a source": ({"consumer_source": ""}, problems.ConsumerWhenceMissing),
    "too much": ({"stages": (known("农户", fen=10**9),)}, problems.FigureOutOfRange),
    "of no units": ({"units": 0}, problems.FigureOutOfRange),
    "of no such product": ({"product_code": "moon"}, NotFound),
}


def test_a_chain_is_written_read_and_never_changed() -> None:
    stall = make_stall()
    officer, code = make_officer(stall.county_id), stall.lot.product.code
    usual: dict[str, Any] = {
        "by": officer,
        "county_id": stall.county_id,
        "product_code": code,
        "units": 1,
        "stages": (FARMER, ChainStageView(name="收购商"), known("零售", added_bp=5000)),
        "consumer_fen": 450,
        "consumer_source": "农贸市场挂牌价",
        "consumer_day": TODAY,
        "now": NOW,
    }
    for changes, problem in WRONG.values():
        with pytest.raises(problem):
            operations.write_chain(**usual | changes)
    with pytest.raises(NotFound):
        operations.write_chain(**usual | {"by": stall.chief})
    assert queries.chain_of(county_id=stall.county_id, product_code=code) is None
    first = operations.write_chain(**usual)
    assert (first.farm_gate_fen, [one.known for one in first.stages]) == (200, [True, False, True])
    second = operations.write_chain(**usual | {"stages": (known("农户", fen=210),)})
    (newest,) = queries.chains_in(county_id=stall.county_id)
    assert newest == second
    assert [one.id for one in queries.history(county_id=stall.county_id, product_code=code)] == [
        second.id,
        first.id,
    ]
    for table in ("agreements_longchain", "agreements_chainstage"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
