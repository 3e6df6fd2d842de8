"""The cooperative's members on pages: what each put in and got, entries written once, a file no spreadsheet runs."""

import csv
import io

import pytest

from fieldcast.accounts.models import Organisation
from fieldcast.settlement.models import MemberEntry
from tests.factories.accounts import NOW
from tests.factories.trade import make_sale
from tests.web.shared.desk import CHINESE, browser, make_farmer, make_packer, settle
from tests.web.shared.reading import english_in, hidden, words

pytestmark = pytest.mark.django_db


def test_an_entry_is_written_once_and_member_and_cooperative_read_it() -> None:
    sale = make_sale()
    settle(sale, packs=2)
    household = sale.stall.lot.plot.household_id
    page = f"/coop/members/{household}/"
    chief = browser(sale.stall.chief)
    before = words(chief.get("/coop/members/"))
    assert "Of 1 member the contribution was never written down" in before
    said = {"kind": "contribution", "amount": "500", "day": f"{NOW:%Y-%m-%d}", "why": "收据 12 号"}
    said["once"] = hidden(chief.get(page))["once"]
    assert [chief.post(f"{page}entries/", said).status_code for _time in range(2)] == [302, 302]
    assert MemberEntry.objects.count() == 1
    too_much = {**said, "once": "", "amount": "600", "back": "on", "why": "退"}
    refused = chief.post(f"{page}entries/", too_much)
    assert refused.status_code == 422
    assert "Only ¥500.00 stand in the account" in words(refused)
    assert browser(make_packer(sale.stall)).post(f"{page}entries/", said).status_code == 403
    assert browser(sale.stall.presenter).get(page).status_code == 403
    assert chief.get(f"/coop/members/{sale.stall.host.id}/").status_code == 404

    for person, address in ((sale.stall.chief, page), (make_farmer(sale.stall), "/farm/account/")):
        shown = browser(person, language=CHINESE).get(address)
        assert english_in(shown.content.decode()) == []
        text = words(shown)
        assert "¥500.00" in text
        assert "收据 12 号" in text
        assert "公积金份额" in text
    rows = words(chief.get(f"{page}rows/?of=rebate&year={NOW:%Y}"))
    assert "Second rebate" in rows


def test_a_file_of_members_holds_no_formula_and_its_last_line_is_the_sum() -> None:
    sale = make_sale()
    settle(sale)
    Organisation.objects.filter(id=sale.stall.lot.plot.household_id).update(name="=1+1", name_en="=1+1")
    chief = browser(sale.stall.chief)
    table = list(csv.reader(io.StringIO(chief.get("/coop/members/?format=csv").content.decode("utf-8-sig"))))
    assert table[1][0] == "'=1+1"
    assert table[1][1:3] == ["", ""], "nobody wrote it down: empty, not zero"
    assert table[-1][-1] == table[1][-1]
    assert "No member matches" in words(chief.get("/coop/members/?q=nobody&year=99999"))
