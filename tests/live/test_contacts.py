"""Phone numbers and chat ids written in a room are hidden, however they are written; other numbers stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from fieldcast.live.contacts import without_contacts

HIDDEN = [
    ("加我微信 13800138000 私下便宜", "加我微信 138****8000 私下便宜"),
    ("13800138000", "138****8000"),
    ("电话138-0013-8000找我", "电话138****8000找我"),
    ("138 0013 8000", "138****8000"),
    ("138.0013.8000", "138****8000"),
    ("1 3 8 0 0 1 3 8 0 0 0", "138****8000"),
    ("1-3-8-0-0-1-3-8-0-0-0", "138****8000"),
    ("+86 13800138000", "+138****8000"),
    ("008613800138000", "138****8000"),
    ("打１３８００１３８０００", "打138****8000"),
    ("一三八零零一三八零零零", "138****8000"),
    ("幺三八〇〇幺三八〇〇〇有货", "138****8000有货"),
    ("壹叁捌零零壹叁捌零零零", "138****8000"),
    ("13八00一38零00", "138****8000"),
    ("①③⑧00138000", "138****8000"),
    ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "138****8000"),
    ("138\u200b0013\u200b8000", "138****8000"),
    ("vx13800138000", "vx138****8000"),
    ("打0571-88886666问", "打057****6666问"),
    ("010 88886666", "010****6666"),
    ("加微信abc_12345", "加微信a***"),
    ("微信号：fruitking", "微信号：f***"),
    ("我V信 lily2026 哦", "我V信 l***"),
    ("VX:nongfu-88", "VX:n***"),
    ("加V nongfu88", "加V n***"),
    ("qq 123456789", "qq 1***"),
    ("扣扣号12345678", "扣扣号1***"),
    ("WeChat id farmer2020", "WeChat id f***"),
]
STAY = [
    "订单号 13800138000 什么时候发",
    "单号13729439936",
    "order no. 13800138000",
    "D261130-8YKVRQ3G 到哪了",
    "L-261130-004 甜吗",
    "SF1380013800012 查不到",
    "YT13800138000 到了吗",
    "2624400001234567",
    "6917926768823643752",
    "19.80 29.80 3.80 三种",
    "有 19 29 39 49 59 9 的吗",
    "26.8 一箱，两箱 53.6",
    "1380 块能买多少",
    "一百三十八块",
    "2026-11-30 12:00 开播",
    "微信支付可以吗",
    "can I use wechat payment",
    "一三五七都有直播吗",
    "5斤装 13 8 一份",
    "净重 1500 克，糖度 13.8",
]


@pytest.mark.parametrize(("written", "shown"), HIDDEN)
def test_a_contact_is_hidden(written: str, shown: str) -> None:
    assert without_contacts(written).startswith(shown)
    assert "13800138000" not in without_contacts(written)


@pytest.mark.parametrize("text", STAY)
def test_other_numbers_stay_as_they_were_written(text: str) -> None:
    assert without_contacts(text) == text


@given(text=some.text(max_size=200))
def test_what_is_hidden_once_is_hidden(text: str) -> None:
    assert without_contacts(without_contacts(text)) == without_contacts(text)
