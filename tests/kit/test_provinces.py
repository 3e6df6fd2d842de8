"""Provinces under any of their names, and nothing that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldcast.kit.provinces import MUNICIPALITIES, PROVINCES, Place, city_of, find_place, region


def test_there_are_thirty_four() -> None:
    assert len(PROVINCES) == len(set(PROVINCES)) == 34


@pytest.mark.parametrize(
    ("text", "province", "city"),
    [
        ("上海", "上海市", ""),
        ("上海市", "上海市", ""),
        ("内蒙古", "内蒙古自治区", ""),
        ("内蒙古自治区", "内蒙古自治区", ""),
        ("广西", "广西壮族自治区", ""),
        ("新疆维吾尔自治区", "新疆维吾尔自治区", ""),
        ("香港", "香港特别行政区", ""),
        ("广东省 深圳市 南山区 粤海街道", "广东省", "深圳市"),
        ("广东省深圳市南山区", "广东省", "深圳市"),
        ("海南海口市", "海南省", "海口市"),
        ("吉林省吉林市", "吉林省", "吉林市"),
        ("吉林吉林市", "吉林省", "吉林市"),
        ("黑龙江 哈尔滨", "黑龙江省", "哈尔滨市"),
        ("上海上海市浦东新区", "上海市", "上海市"),
        ("北京朝阳区", "北京市", "北京市"),
        ("湖北省 恩施土家族苗族自治州 恩施市", "湖北省", "恩施土家族苗族自治州"),
        ("江苏省 张三 13800000000", "江苏省", ""),
    ],
)
def test_an_address_is_read_as_far_as_its_city(text: str, province: str, city: str) -> None:
    assert find_place(text) == Place(province, city)


@pytest.mark.parametrize(
    "text", ["", "火星", "海南藏族自治州共和县", "吉林路3号", "张三", "省", "市", "重庆路", "Shanghai"]
)
def test_what_is_in_no_province_is_in_none(text: str) -> None:
    assert find_place(text) is None


@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_is_found_by_its_own_name(province: str) -> None:
    assert find_place(province) == Place(province)


@pytest.mark.parametrize(
    ("province", "text"), [("浙江省", "张三"), ("浙江省", "深圳市"), ("", "杭州市"), ("上海市", "人民路1号")]
)
def test_a_city_that_is_not_one_of_the_province_is_left_out(province: str, text: str) -> None:
    assert city_of(province, text) == ""


@given(rest=st.text(max_size=12))
@pytest.mark.parametrize("province", [name for name in PROVINCES if name not in MUNICIPALITIES])
def test_nothing_of_an_address_but_a_place_is_kept(province: str, rest: str) -> None:
    place = find_place(province + " " + rest)
    assert place is not None
    assert place.province == province
    assert (
        place.city == ""
        or (province + place.city) in (province + rest.lstrip(" \t,，、/-—|·>\u3000")) + "市地区"
    )


def test_a_municipality_is_written_once() -> None:
    assert region("上海市", "上海市", "徐汇区") == "上海市徐汇区"
    assert region("浙江省", "杭州市", "西湖区") == "浙江省杭州市西湖区"
