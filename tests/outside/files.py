"""Writes small exports for the tests, the way each platform writes them."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from fieldcast.kit.months import CHINA

NOW = datetime(2026, 9, 18, 9, 30, tzinfo=CHINA)

TMALL = ("订单编号", "总金额", "买家实际支付金额", "收货地址 ", "订单创建时间", "订单付款时间 ", "退款金额")
TMALL_ROW = ("1001", "178.8", "100.0", "上海", "2026-09-01 08:00:00", "2026-09-01 08:05:00", "78.8")
DOUYIN = (
    "主订单编号", "子订单编号", "选购商品", "商品规格", "商品数量", "商品ID", "订单应付金额", "收件人",
    "收件人手机号", "省", "市", "区", "街道", "详细地址", "订单提交时间", "订单完成时间", "支付完成时间",
    "订单状态", "售后状态", "取消原因",
)  # fmt: skip
DOUYIN_ROW = (
    "\t6917926768823643751", "\t6917926768823643752", "\t高山苹果", "\t5斤", "2", "\t350400008", "1,028.90",
    "##密文", "$$密文", "浙江省", "杭州市", "西湖区", "灵隐街道", "##密文", "2026-09-01 08:00:00", "-",
    "2026-09-01 08:00:12", "已发货", "-", "-",
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
PINDUODUO = (
    "商品", "订单号", "订单状态", "商品总价(元)", "邮费(元)", "店铺优惠折扣(元)", "平台优惠折扣(元)",
    "用户实付金额(元)", "商家实收金额(元)", "商品数量(件)", "支付时间", "商品规格", "售后状态", "快递单号",
    "省", "市", "区",
)  # fmt: skip
PINDUODUO_ROW = (
    "高山苹果", "260901-123456789012345", "已发货，待收货", "42.80", "0", "3", "1", "38.80", "39.80", "2",
    "2026-09-01 08:00:12", "5斤", "无售后或售后取消", "YT1", "浙江省", "杭州市", "西湖区",
)  # fmt: skip
KUAISHOU = (
    "订单号", "赠品订单号", "活动订单编号", "订单创建时间", "订单支付时间", "预售定金支付时间", "订单状态",
    "实付款", "快递费", "店铺优惠", "平台补贴", "成交数量", "买家留言", "售后状态", "商品名称", "商品ID",
    "商品单价", "收货人姓名", "收货人电话", "收货地址-省", "收货地址-市", "收货地址-区", "收货地址",
)  # fmt: skip
KUAISHOU_ROW = (
    "2624400001234567", "-", "-", "2026/09/01 08:00:00", "2026/09/01 08:00:12", "-", "已发货", "¥1,299.90", "0.00",
    "0", "0", "2", "-", "-", "高山苹果", "350400008", "649.95", "张*", "138****0000", "浙江省", "杭州市", "西湖区",
    "灵隐街道",
)  # fmt: skip
WECHAT = (
    "订单号", "订单下单时间", "订单状态", "收件人姓名", "收件人地址", "省", "市", "区", "商品总价",
    "订单实际支付金额", "订单实际收款金额", "订单运费", "支付时间", "商品名称", "SKU编码(自定义)",
    "商品实际价格(总共)", "商品数量", "商品售后", "商品已退款金额",
)  # fmt: skip
WECHAT_ROW = (
    "3720000000000000001", "2026-09-01 08:00:00", "已完成", "张*", "灵隐街道", "浙江省", "杭州市", "西湖区",
    "64.80", "64.80", "64.80", "0", "2026-09-01 08:00:12", "高山苹果", "A-5", "48.90", "1", "无", "0",
)  # fmt: skip
JD = (
    "订单号", "商品ID", "商品名称", "订购数量", "支付方式", "下单时间", "京东价", "订单金额", "结算金额",
    "余额支付", "应付金额", "订单状态", "订单类型", "下单帐号", "客户姓名", "客户地址", "联系电话", "运费金额",
    "付款确认时间", "订单完成时间",
)  # fmt: skip
JD_ROW = (
    "11729439936", "1001", "高山苹果", "2", "在线支付", "2026-09-01 08:00:00", "58.00", "116.00", "109.00", "9.00",
    "100.00", "等待出库", "SOP", "jd_1", "张三", "江西南昌市青山湖区昌东工业区1栋", "13800000000", "0.00",
    "2026-09-01 08:00:30", "",
)  # fmt: skip
YOUZAN = (
    "订单号", "订单类型", "订单状态", "订单创建时间", "买家付款时间", "商品金额合计", "运费", "应收订单金额",
    "订单实付金额", "全部商品名称", "收货人/提货人", "收货人省份", "收货人城市", "收货人地区", "订单退款状态",
    "订单已退款金额",
)  # fmt: skip
YOUZAN_ROW = (
    "E20260901080000000000001", "普通订单", "已发货", "2026-09-01 08:00:00", "2026-09-01 08:00:12", "39.80", "0",
    "39.80", "36.80", "高山苹果", "张三", "浙江省", "杭州市", "西湖区", "", "",
)  # fmt: skip
HEADERS = {
    "tmall": TMALL,
    "douyin": DOUYIN,
    "pinduoduo": PINDUODUO,
    "kuaishou": KUAISHOU,
    "wechat": WECHAT,
    "jd": JD,
    "youzan": YOUZAN,
    "generic": GENERIC,
}
ROWS = {
    "tmall": TMALL_ROW,
    "douyin": DOUYIN_ROW,
    "pinduoduo": PINDUODUO_ROW,
    "kuaishou": KUAISHOU_ROW,
    "wechat": WECHAT_ROW,
    "jd": JD_ROW,
    "youzan": YOUZAN_ROW,
    "generic": GENERIC_ROW,
}


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
