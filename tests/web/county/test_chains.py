"""The long chain on pages: the county writes it down stage by stage, and agreements are shown beside it."""

import pytest
from django.utils import timezone

from fieldcast.agreements.chain import queries as chains
from tests.web.county.office import make_desk
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import english_in, error_beside, hidden, words

pytestmark = pytest.mark.django_db


def test_a_chain_is_written_down_read_beside_an_agreement_and_its_gap_stays_one() -> None:
    desk = make_desk()
    stall, code = desk.sale.stall, desk.sale.stall.lot.product.code
    page = f"settlement/chains/{code}/"
    assert "not written down yet" in words(desk.get("settlement/chains/"))
    day = timezone.localdate().isoformat()
    farmer = {"units": "1", "name_1": "农户", "fen_1": "2.00", "source_1": "田头价", "day_1": day}
    rest = {"name_2": "收购商", "name_3": "零售店", "added_3": "50", "source_3": "挂牌价", "day_3": day}
    paid = {"consumer": "8.00", "consumer_source": "市场", "consumer_day": day}
    sent = {**hidden(desk.get(page)), **farmer, **rest, **paid}
    nameless = desk.client.post(f"/county/{page}", {**sent, "name_3": ""})
    assert "Say whose this is." in error_beside(nameless, "name_3")
    assert 'value="2.00"' in nameless.content.decode(), "what was typed is still there"
    assert desk.client.post(f"/county/{page}", sent).status_code == 302
    assert desk.client.post(f"/county/{page}", sent).status_code == 302
    assert len(chains.history(county_id=desk.county_id, product_code=code)) == 1, "sent twice, written once"
    text = words(desk.get(page))
    assert "nobody knows" in text
    assert "¥0.25" in text
    beside = words(browser(stall.chief).get(f"/coop/agreements/{stall.version.id}/what-if/"))
    assert "Of each yuan that a consumer pays" in beside
    assert "not accounted for ¥0.75 (75%)" in beside
    chinese = browser(desk.officer, language=CHINESE)
    for where in ("", f"{code}/"):
        assert english_in(chinese.get(f"/county/settlement/chains/{where}").content.decode()) == []
    assert desk.client.get("/county/settlement/chains/moon/").status_code == 404
