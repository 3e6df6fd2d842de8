"""Writes small exports for the tests, the way each platform writes them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from fieldcast.outside.values import CHINA

NOW = datetime(2026, 9, 18, 9, 30, tzinfo=CHINA)

TMALL = ("订单编号", "总金额", "买家实际支付金额", "收货地址 ", "订单创建时间", "订单付款时间 ", "退款金额")
TMALL_ROW = ("1001", "178.8", "100.0", "上海", "2026-09-01 08:00:00", "2026-09-01 08:05:00", "78.8")
DOUYIN = (
    "主订单编号", "子订单编号", "选购商品", "商品规格", "商品数量", "商品ID", "订单应付金额", "收件人", "收件人手机号",
    "省", "市", "区", "街道", "详细地址", "订单提交时间", "订单完成时间", "支付完成时间", "订单状态", "售后状态",
    "取消原因",
)  # fmt: skip
DOUYIN_ROW = (
    "\t6917926768823643751", "\t6917926768823643752", "\t高山苹果", "\t5斤", "2", "\t350400008", "1,028.90", "##密文",
    "$$密文", "浙江省", "杭州市", "西湖区", "灵隐街道", "##密文", "2026-09-01 08:00:00", "-", "2026-09-01 08:00:12",
    "已发货", "-", "-",
)  # fmt: skip
GENERIC = (
    "订单号",
    "应付金额",
    "实付金额",
    "退款金额",
    "省份",
    "城市",
    "下单时间",
    "付款时间",
    "商品",
    "数量",
)
GENERIC_ROW = (
    "G-1",
    "39.8",
    "39.8",
    "0",
    "四川",
    "成都",
    "2026-09-01 08:00",
    "2026-09-01 08:01",
    "花椒",
    "3",
)
HEADERS = {"tmall": TMALL, "douyin": DOUYIN, "generic": GENERIC}
ROWS = {"tmall": TMALL_ROW, "douyin": DOUYIN_ROW, "generic": GENERIC_ROW}


def export(kind: str, *changes: Mapping[str, str], encoding: str = "utf-8-sig") -> bytes:
    """An export of `kind`: its usual row once for each of `changes` (title → value), changed so; once when none."""
    header = HEADERS[kind]
    usual = dict(zip(header, ROWS[kind], strict=True))
    rows = []
    for change in changes or ({},):
        unknown = set(change) - set(header)
        assert not unknown, unknown
        rows.append([({**usual, **change})[title] for title in header])
    return table(header, rows, encoding=encoding)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, encoding: str = "utf-8-sig") -> bytes:
    """A CSV file with Windows line ends, as exports have them."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode(encoding)
