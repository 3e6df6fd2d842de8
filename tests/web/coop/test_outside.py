"""Orders from elsewhere: checking a file, bringing it in, what is wrong with it, and the sums."""

import base64
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fieldcast.accounts.types import OrganisationKind
from fieldcast.kit.tables import Limits
from fieldcast.outside import queries as outside
from fieldcast.outside.types import OutsideFilter
from fieldcast.trade import queries as trade
from tests.factories.accounts import make_member, make_organisation
from tests.factories.market import Stall, make_stall
from tests.outside.workbooks import workbook
from tests.web.shared.desk import CHINESE, browser
from tests.web.shared.reading import words

pytestmark = pytest.mark.django_db
HEADER = "订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额"
ROWS = (
    "1,39.80,39.80,浙江省,2026-05-01 08:00:00,2026-05-01 08:01:00,0",
    "2,20.00,15.00,北京,2026-05-02 08:00:00,2026-05-02 08:01:00,5.00",
    "3,10.00,0,四川省,2026-05-02 09:00:00,,0",
)
HTMX = {"HX-Request": "true"}
ADDRESS = "/coop/outside/upload/"


def a_file(*rows: str, header: str = HEADER, name: str = "订单.csv") -> SimpleUploadedFile:
    """A CSV file with these rows."""
    return SimpleUploadedFile(name, "\n".join([header, *(rows or ROWS)]).encode(), content_type="text/csv")


def send(client: Client, file: SimpleUploadedFile | None, do: str = "import", **more: Any) -> Any:
    """Press one of the two buttons."""
    form = {"format": "tmall", "do": do, **more}
    if file is not None:
        form["file"] = file
    return client.post(ADDRESS, form, headers=HTMX)


def kept(stall: Stall) -> int:
    """How many orders of the cooperative are here."""
    which = OutsideFilter(county_id=stall.county_id, organisation_id=stall.cooperative.id)
    return outside.totals(which=which).orders


def test_a_file_is_checked_without_bringing_anything_in() -> None:
    stall = make_stall()
    text = words(send(browser(stall.chief), a_file(), do="check"))
    assert "The file is good. Nothing is brought in yet." in text
    assert "Rows 3" in text
    assert "New 3" in text
    assert kept(stall) == 0


def test_a_file_is_brought_in_whole() -> None:
    stall = make_stall()
    response = send(browser(stall.chief), a_file())
    assert response.status_code == 200
    assert "The orders are in." in words(response)
    assert kept(stall) == 3


def test_the_same_file_twice_changes_nothing() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    send(client, a_file())
    assert "This file was brought in before. Nothing was changed." in words(send(client, a_file()))
    assert kept(stall) == 3


def test_orders_that_another_organisation_brought_in_are_said_to_be_theirs() -> None:
    stall = make_stall()
    send(browser(stall.chief), a_file())
    neighbour = make_organisation(county_id=stall.county_id, kind=OrganisationKind.COOPERATIVE)
    client = browser(make_member(organisation=neighbour))
    for button in ("check", "import"):
        response = send(client, a_file(), do=button)
        assert f"Every order of this file was brought in by {stall.cooperative.name_en}." in words(response)
        assert "To the sums" not in words(response)
    text = words(send(client, a_file(*ROWS, ROWS[0].replace("1,39", "4,39"))))
    assert f"3 orders of the file were brought in by {stall.cooperative.name_en} and stay theirs." in text
    assert "To the sums" in text


def test_a_later_export_says_what_is_new_and_what_changed() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    send(client, a_file())
    later = ROWS[2].replace(",,0", ",2026-05-02 09:05:00,0").replace(",0,四川", ",10.00,四川")
    text = words(send(client, a_file(ROWS[0], later, ROWS[1].replace("2,20", "4,20"))))
    assert "New 1 Changed 1 As before 1" in text


def test_wrong_rows_are_named_by_line_column_value_and_reason_and_none_is_taken() -> None:
    stall = make_stall()
    bad = "5,many,1.00,浙江省,2026-05-01 08:00:00,2026-05-01 08:01:00,0"
    response = send(browser(stall.chief), a_file(*ROWS, bad))
    assert response.status_code == 422
    text = words(response)
    assert "1 of 4 rows cannot be read, so nothing was brought in." in text
    assert "5 总金额 many This is not an amount in yuan, such as 39.80." in text
    assert kept(stall) == 0


def errors_file(response: Any) -> str:
    """The file of errors behind the page's link."""
    page = response.content.decode()
    link = page.split("base64,", 1)[1].split('"', 1)[0]
    return base64.b64decode(link.replace("&#x2B;", "+").replace("&#43;", "+")).decode("utf-8-sig")


def test_the_errors_come_as_a_file_that_no_spreadsheet_runs() -> None:
    stall = make_stall()
    bad = "5,=1+1,1.00,浙江省,2026-05-01 08:00:00,2026-05-01 08:01:00,0"
    text = errors_file(send(browser(stall.chief), a_file(bad)))
    assert text.splitlines()[0] == "Line,Column,Value,What is wrong"
    assert text.splitlines()[1].startswith("2,总金额,'=1+1,")


def test_a_file_of_another_shape_asks_which_column_is_which_and_chooses_none() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    header = HEADER.replace("订单编号", "编号").replace("总金额", "订单总额")
    response = send(client, a_file(header=header), do="check")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Some columns have other names in this file" in page
    assert 'name="column-number"' in page
    assert "“编号” looks alike. Is it the one?" in words(response)
    assert "“退款金额” looks alike" not in words(response)  # it is the platform's own title of something else
    assert "<option selected>" not in page
    assert "Choose the column that says this." not in page
    assert 'name="column-paid"' not in page
    left = send(client, a_file(header=header), do="check", **{"column-number": "编号", "column-amount": ""})
    assert left.status_code == 422
    assert left.content.decode().count("Choose the column that says this.") == 1
    assert "<option selected>编号</option>" in left.content.decode()
    chosen = {"column-number": "编号", "column-amount": "订单总额"}
    checked = send(client, a_file(header=header), do="check", **chosen)
    assert checked.status_code == 200
    assert 'name="column-number" value="编号"' in checked.content.decode()
    send(client, a_file(header=header), **chosen)
    assert kept(stall) == 3


def test_a_file_whose_columns_are_another_platforms_is_offered_to_be_read_as_that() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    header = "订单号,用户实付金额(元),支付时间,订单状态,售后状态"
    file = ("260501-1,12.00,2026-05-01 08:00:00,已发货,无售后",)
    asked = send(client, a_file(*file, header=header), do="check")
    assert asked.status_code == 422
    assert "Check it as a file of Pinduoduo" in words(asked)
    assert "Some columns have other names" not in words(asked)
    taken = {"format": "tmall", "as": "pinduoduo", "column-number": ""}
    checked = client.post(ADDRESS, {**taken, "file": a_file(*file, header=header)}, headers=HTMX)
    assert checked.status_code == 200
    assert "The file is good. Nothing is brought in yet." in words(checked)
    assert '<option value="pinduoduo" selected>' in checked.content.decode(), "the list of platforms follows"
    assert kept(stall) == 0


def test_one_column_can_be_chosen_for_two_things() -> None:
    stall = make_stall()
    file = a_file("7,2026-05-01 08:00:00,12.00", header="订单号,成交时间,实收")
    chosen = {"created": "成交时间", "paid_at": "成交时间", "amount": "实收", "paid": "实收"}
    response = send(
        browser(stall.chief),
        file,
        format="generic",
        **{f"column-{ours}": title for ours, title in chosen.items()},
    )
    assert "The orders are in." in words(response)
    assert kept(stall) == 1


def test_a_workbook_is_taken_like_a_file_of_text_and_what_was_left_out_is_said() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    rows = [["订单报表"], HEADER.split(","), *(row.split(",") for row in ROWS), ["合计", "69.80"]]
    rows[3][3] = "海外"
    file = SimpleUploadedFile("订单.xlsx", workbook({"订单": rows, "说明": [["别改"]]}))
    text = words(send(client, file))
    assert "The orders are in." in text
    assert "1 line above the header was left out." in text
    assert "1 line below the orders, a sum or a remark, was left out." in text
    assert "These sheets hold something else and were left out: 说明." in text
    assert "The province of 1 order is not known" in text
    assert kept(stall) == 3
    assert (
        words(send(client, a_file())).count("As before 2") == 1
    )  # the same orders as text, but for the place


def test_a_choice_that_the_file_does_not_have_is_refused_in_words() -> None:
    stall = make_stall()
    response = send(browser(stall.chief), a_file(), **{"column-number": "没有这列"})
    assert response.status_code == 422
    assert "The file has no column called “没有这列”." in words(response)


@pytest.mark.parametrize("ours", ["nonsense", "number=x", ""])
def test_a_mapping_to_nothing_is_refused_in_words(ours: str) -> None:
    stall = make_stall()
    response = send(browser(stall.chief), a_file(), **{f"column-{ours}": "订单编号"})
    assert response.status_code == 422
    assert "There is no column of ours called" in words(response)


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (None, "Choose the file first."),
        (SimpleUploadedFile("a.csv", b""), "This file is empty. Download it again."),
        (
            SimpleUploadedFile("a.xlsx", b"PK\x03\x04" + b"0" * 50),
            "This workbook cannot be opened.",
        ),
        (SimpleUploadedFile("a.csv", HEADER.encode()), "The file has no rows under its header line."),
        (SimpleUploadedFile("a.csv", b"\xff\xfe\x00"), "Line"),
        (SimpleUploadedFile("a.csv", HEADER.encode() + b'\n"x'), "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(file: SimpleUploadedFile | None, sentence: str) -> None:
    stall = make_stall()
    response = send(browser(stall.chief), file)
    assert response.status_code == 422
    assert sentence in words(response)
    assert kept(stall) == 0


def test_a_file_too_large_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldcast.web.coop.forms.outside.Limits", lambda: Limits(file_bytes=20))
    stall = make_stall()
    response = send(browser(stall.chief), a_file())
    assert response.status_code == 422
    assert "The file is larger than" in words(response)


def test_an_unknown_platform_is_refused() -> None:
    response = send(browser(make_stall().chief), a_file(), format="ebay")
    assert response.status_code == 422
    assert "Select a valid choice" in words(response)


def test_without_scripts_the_whole_page_comes_back_with_the_result() -> None:
    stall = make_stall()
    response = browser(stall.chief).post(ADDRESS, {"format": "tmall", "file": a_file(), "do": "import"})
    text = words(response)
    assert "Bring orders in" in text
    assert "The orders are in." in text


def test_the_file_is_sent_with_progress_and_patience() -> None:
    page = browser(make_stall().chief).get(ADDRESS).content.decode()
    assert "data-upload-progress" in page
    assert 'hx-encoding="multipart/form-data"' in page
    assert '{"timeout":300000}' in page


def test_orders_from_elsewhere_never_touch_the_own_stock_and_sales() -> None:
    stall = make_stall()
    before = trade.stock(lot_id=stall.lot.id)
    send(browser(stall.chief), a_file())
    assert trade.stock(lot_id=stall.lot.id) == before
    assert trade.orders_of_seller(seller_id=stall.cooperative.id).total == 0
    assert "Nothing to pack" in words(browser(stall.chief).get("/coop/"))


def test_the_sums_are_shown_by_day_province_and_platform_with_the_files() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    send(client, a_file())
    text = words(client.get("/coop/outside/"))
    assert "Orders 3 2 paid for Ordered for ¥69.80 Paid ¥59.80 Refunded ¥5.00 Kept ¥54.80" in text
    assert "2026-05-01 1 39.80 0.00 2026-05-02 2 20.00 5.00" in text
    assert "Zhejiang ¥39.80 1 order" in text
    assert "Tmall or Taobao 3 orders ¥59.80" in text
    assert "订单.csv" in text


def test_the_sums_can_be_narrowed_to_a_time_and_a_platform() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    send(client, a_file())
    assert "Paid ¥39.80" in words(client.get("/coop/outside/?since=2026-05-01&until=2026-05-01"))
    assert "No orders in this time." in words(client.get("/coop/outside/?channel=douyin"))


def test_a_refund_that_is_not_known_is_said_to_be_unknown() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    header = "订单号,应付金额,实付金额,下单时间,付款时间"
    row = "1,10.00,10.00,2026-05-01 08:00:00,2026-05-01 08:01:00"
    send(client, a_file(row, header=header), format="generic")
    assert "not known of 1 order" in words(client.get("/coop/outside/"))
    assert "¥10.00 —" in words(client.get("/coop/outside/orders/"))


def test_a_figure_leads_to_the_orders_behind_it() -> None:
    stall = make_stall()
    client = browser(stall.chief)
    send(client, a_file())
    assert 'href="/coop/outside/orders/"' in client.get("/coop/outside/").content.decode()
    assert "3 orders listed" in words(client.get("/coop/outside/orders/"))
    assert "1 order listed" in words(client.get("/coop/outside/orders/?q=2"))
    assert "1 order listed" in words(client.get("/coop/outside/orders/?province=浙江省"))
    batch = outside.batches(county_id=stall.county_id).items[0]
    assert "3 orders listed" in words(client.get(f"/coop/outside/orders/?batch={batch.id}"))


def test_another_cooperatives_orders_are_not_counted_or_listed() -> None:
    stall, other = make_stall(), make_stall()
    send(browser(stall.chief), a_file())
    client = browser(other.chief)
    assert "No orders from elsewhere yet" in words(client.get("/coop/outside/"))
    batch = outside.batches(county_id=stall.county_id).items[0]
    assert "Nothing found" in words(client.get(f"/coop/outside/orders/?batch={batch.id}"))


def test_the_pages_speak_chinese() -> None:
    stall = make_stall()
    client = browser(stall.chief, language=CHINESE)
    bad = "5,many,1.00,浙江省,2026-05-01 08:00:00,2026-05-01 08:01:00,0"
    assert "这不是金额，应写成 39.80 这样的元数。" in words(send(client, a_file(bad)))
    send(client, a_file())
    assert "文件没有问题" not in words(client.get("/coop/outside/"))
    assert "每天付款" in words(client.get("/coop/outside/"))


def test_the_names_in_a_file_are_not_kept(tmp_path: Path) -> None:
    stall = make_stall()
    client = browser(stall.chief)
    header = HEADER + ",收货人姓名,联系手机"
    send(client, a_file(ROWS[0] + ",王小明,13912345678", header=header))
    for page in ("/coop/outside/", "/coop/outside/orders/"):
        text = words(client.get(page))
        assert "王小明" not in text
        assert "13912345678" not in text
