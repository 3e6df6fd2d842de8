"""The laboratory's page: open to everyone, in two languages, with the library's own numbers."""

import re
from typing import Any

import pytest
from django.test import Client

from fieldcast.science.games import paper
from fieldcast.science.games.supervision import SupervisionGame
from fieldcast.web.lab.state import PRESETS, of_preset
from fieldcast.web.lab.words import share
from tests.factories.accounts import make_county, make_person
from tests.web.lab.asking import BASE, big_numbers, english, lab
from tests.web.shared.desk import ENGLISH, browser, make_officer
from tests.web.shared.reading import english_in, text_of, words

pytestmark = pytest.mark.django_db
MEANT = re.compile("PNG|SVG|CSV|JSON|doi|Tirole")  # in no language, and a name


def test_anyone_may_look_without_signing_in() -> None:
    assert lab().status_code == 200
    assert browser(make_person(county_id=make_county())).get("/lab/").status_code == 200


def test_the_first_page_shows_the_combined_policy_and_the_way_it_came() -> None:
    page = english()
    assert big_numbers(page) == ["4%", "80%"]
    assert "Poverty baseline: honesty 0%, supervision 0%" in words(page)
    assert str(paper.COMBINED.sentence) in words(page)


@pytest.mark.parametrize("slug", [preset.slug for preset in PRESETS])
def test_a_preset_shows_the_numbers_of_its_game(slug: str) -> None:
    state = of_preset(slug)
    page = Client(headers=ENGLISH).get(f"/lab/?{state.query}")
    assert big_numbers(page) == [share(float(state.game.honesty)), share(float(state.game.supervision))]
    assert re.search(
        rf'href="/lab/\?{re.escape(state.query).replace("&", "&amp;")}"[^>]*aria-current="true"',
        page.content.decode(),
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"L": "25"},
        {"C": "12.5", "F": "40"},
        {"F": "12"},
        {"C": "25"},
        {"C": "0"},
        {"F": "0", "L": "0", "C": "0"},
    ],
)
def test_the_answer_is_the_librarys(changes: dict[str, str]) -> None:
    asked = BASE | changes
    game = SupervisionGame(**{name: float(value) for name, value in asked.items()})
    page = english(**asked)
    assert big_numbers(page) == [share(float(game.honesty)), share(float(game.supervision))]
    assert str(game.sentence) in words(page)
    assert "nan" not in page.content.decode().lower().replace("finance", "")


def test_a_fine_that_is_not_collected_counts_for_less() -> None:
    page = english(**BASE, collect="80")
    assert "Of a fine of 15, 12 is collected on average, and that is what counts." in words(page)
    assert str(paper.COMBINED.with_(F=12).sentence) in words(page)
    held = english(**BASE, collect="80", deposit="10")
    assert "Of a fine of 15, 14 is collected on average" in words(held)
    assert str(paper.COMBINED.with_(F=14).sentence) in words(held)


def test_a_chinese_reader_meets_no_english() -> None:
    for asked in ({}, {"motion": "dynamic"}, {"C": "many"}, {"F": "5"}, {"collect": "40"}):
        page = lab(**asked).content.decode()
        assert [piece for piece in english_in(page) if not MEANT.search(piece)] == []


def test_an_english_reader_meets_no_chinese() -> None:
    chinese = re.compile(r"[\u4e00-\u9fff]+")
    names = {name for one in paper.errata() for name in chinese.findall(one.follows.en)}  # of authors
    said = text_of(english(motion="dynamic").content.decode())
    assert set(chinese.findall(said)) - names == {"中文"}


def test_every_picture_is_drawn_told_and_kept() -> None:
    page = lab().content.decode()
    for slug in ("map", "portrait", "responses", "tornado"):
        part = page.split(f'id="sheet-{slug}"')[1].split("</section>")[0]
        assert part.count("<svg xmlns") == 1
        assert "<table" in part
        for kind in ("svg", "csv", "json"):
            assert f'href="/lab/{slug}.{kind}?' in part


def test_no_picture_needs_what_the_content_policy_forbids() -> None:
    page = lab().content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_the_tables_of_the_paper_stand_printed_beside_derived() -> None:
    said = words(english())
    row = paper.table(3, form="derived").rows[-1]
    assert f"25 +150% 0.67 {share(row.p1)} 0.48 {share(row.p2)}" in said
    for erratum in paper.errata():
        assert str(erratum.place) in said
        assert str(erratum.follows) in said


def test_the_fragment_has_every_part_the_page_has() -> None:
    page, part = lab().content.decode(), lab("answer").content.decode()
    ids = re.findall(r'<(?:div|p|section|nav)[^>]*\bid="([\w-]+)"', part)
    assert {
        "now",
        "why",
        "presets",
        "advice",
        "sheet-map",
        "sheet-tornado",
        "error-C",
        "error-target",
    } <= set(ids)
    assert all(f'id="{one}"' in page for one in ids)


def test_a_stranger_costs_one_question_and_a_moving_slider_none(django_assert_num_queries: Any) -> None:
    make_county()
    lab()
    with django_assert_num_queries(1):  # the county's name in the header
        lab()
    with django_assert_num_queries(0):
        lab("answer", **BASE)


def test_an_officer_finds_it_in_the_countys_pages_and_the_way_back() -> None:
    officer = browser(make_officer(make_county()))
    assert 'href="/lab/"' in officer.get("/county/").content.decode()
    assert 'class="back" href="/county/"' in officer.get("/lab/").content.decode()


def test_the_first_page_of_the_shop_leads_to_it() -> None:
    assert 'href="/lab/"' in Client().get("/").content.decode()


def test_it_is_only_read() -> None:
    for where in ("", "answer", "map.svg"):
        assert Client().post(f"/lab/{where}").status_code == 405
