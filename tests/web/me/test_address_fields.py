"""The fields of an address: places one below the other, and an address that was pasted."""

import pytest
from django.test import Client

from fieldcast.web.shared.addresses import AddressForm
from tests.factories.accounts import make_county, make_person

TYPED = {"recipient": "王秀兰", "phone": "13900139000", "line": "中央大街 12 号"}


def form(province: str, city: str, district: str = "") -> AddressForm:
    """An address with its place as it was typed."""
    return AddressForm({**TYPED, "province": province, "city": city, "district": district})


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        (("黑龙江省", "哈尔滨市", "道里区"), ("哈尔滨市", "道里区")),
        (("黑龙江省", "哈尔滨", "道里"), ("哈尔滨市", "道里区")),
        (("黑龙江省", "哈尔滨市道里区"), ("哈尔滨市", "道里区")),
        (("上海市", "", "浦东新区"), ("上海市", "浦东新区")),
        (("上海市", "浦东新区"), ("上海市", "浦东新区")),
        (("广东省", "东莞市"), ("东莞市", "")),
        (("浙江省", "杭州市", "-"), ("杭州市", "")),
        (("香港特别行政区", ""), ("", "")),
    ],
)
def test_a_place_is_kept_under_its_official_names(typed: tuple[str, ...], place: tuple[str, str]) -> None:
    said = form(*typed)
    assert said.is_valid(), said.errors
    assert (said.delivery.city, said.delivery.district) == place


@pytest.mark.parametrize(
    ("typed", "field"),
    [(("浙江省", ""), "city"), (("浙江省", "南京市"), "city"), (("浙江省", "杭州市", "玄武区"), "district")],
)
def test_a_place_that_lies_nowhere_is_refused_beside_its_field(typed: tuple[str, ...], field: str) -> None:
    assert list(form(*typed).errors) == [field]


def test_the_cities_of_a_province_come_with_their_districts(client: Client) -> None:
    found = client.get("/me/addresses/places/", {"province": "浙江省"})
    assert "西湖区" in found.json()["cities"]["杭州市"]
    assert "max-age" in found["Cache-Control"]
    assert client.get("/me/addresses/places/", {"province": "没有"}).json() == {"cities": {}}


@pytest.mark.django_db
def test_a_pasted_address_comes_back_in_its_parts_and_is_kept_nowhere() -> None:
    client = Client()
    client.force_login(make_person(county_id=make_county()))
    found = client.post("/me/addresses/read", {"text": "张三 13800138000 浙江省杭州市西湖区文三路90号"})
    assert found.json()["district"] == "西湖区"
    assert found["Cache-Control"] == "no-store"
