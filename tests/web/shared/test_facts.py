"""What is written down about a lot is read in words by everyone: from the form through the history to the public page.

Each kind goes the way it really goes: by its form, by the API, or by what happens on the platform.
"""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from fieldcast.trace import facts
from fieldcast.trace import queries as trace
from fieldcast.trace.facts.base import Choice, fields
from fieldcast.trace.operations import register_harvest
from fieldcast.trace.types import EventKind
from fieldcast.trade import operations as trade_operations
from fieldcast.trade import queries as trade
from fieldcast.web.coop.forms.lots import EVENT_FORMS
from fieldcast.web.shared.facts import ICONS, NAMES, TITLES, VALUES, choices, tell
from tests.factories.accounts import NOW
from tests.factories.market import make_stall
from tests.factories.trace import SAID, make_event, make_old_event
from tests.factories.trade import Sale, make_order, make_sale
from tests.web.shared.desk import CHINESE, ENGLISH, browser
from tests.web.shared.reading import english_in, hidden

pytestmark = pytest.mark.django_db
AT = "2026-11-22T13:30"


@dataclass(frozen=True)
class Walk:
    """How a record comes about, and how its newest line reads in both languages, without when and by whom."""

    way: Callable[[Sale], None]
    chinese: str
    english: str
    of_part: bool = (
        False  # the record is of the lot that was sorted out of the sale's lot, whose code is {lot}
    )


def form(kind: str, **said: str) -> Callable[[Sale], None]:
    """By its form on the cooperative's page."""

    def send(sale: Sale) -> None:
        client, address = browser(sale.stall.chief), f"/coop/lots/{sale.stall.lot.id}/events/{kind}/"
        sent = client.post(address, {**hidden(client.get(address)), "at": AT, **said})
        assert sent.status_code == 302, sent.content.decode()

    return send


def posted(where: str, **said: str) -> Callable[[Sale], None]:
    """By another form of the lot's page."""

    def send(sale: Sale) -> None:
        client, page = browser(sale.stall.chief), f"/coop/lots/{sale.stall.lot.id}/"
        sent = client.post(f"{page}{where}/", {**hidden(client.get(page)), **said})
        assert sent.status_code == 302, sent.content.decode()

    return send


def api(kind: EventKind, *, corrects: int = 0) -> Callable[[Sale], None]:
    """By the API; `corrects` counts records from the newest."""

    def send(sale: Sale) -> None:
        client = browser(sale.stall.chief)
        body: dict[str, Any] = {
            "kind": kind.value,
            "at": (NOW - timedelta(days=1)).isoformat(),
            "facts": SAID[kind],
        }
        if corrects:
            events = trace.history(lot_id=sale.stall.lot.id).events
            body |= {"corrects": events[-corrects].id, "at": NOW.isoformat()}
        where = f"/api/v1/lots/{sale.stall.lot.id}/events"
        sent = client.post(where, json.dumps(body), content_type="application/json")
        assert sent.status_code == 201, sent.content.decode()

    return send


def parcel(until: str) -> Callable[[Sale], None]:
    """By what happens to an order; the newest line is its last step."""

    def go(sale: Sale) -> None:
        make_order(sale, until=until, packs=2)
        trade_operations.tell_lots(now=NOW + timedelta(days=9))

    return go


def nothing(sale: Sale) -> None:
    """It is there from the beginning."""


def both(*ways: Callable[[Sale], None]) -> Callable[[Sale], None]:
    """One after the other."""

    def go(sale: Sale) -> None:
        for way in ways:
            way(sale)

    return go


TREATED = form("treated", product="吡虫啉", amount="20 毫升", interval_days="14")
STORED = form("stored", store="镇冷库", celsius="2.1")
STOP = posted("state", state="stopped", why="买家说有异味")
WALKS: Mapping[str, tuple[EventKind, Walk]] = {
    "planted": (
        EventKind.PLANTED,
        Walk(api(EventKind.PLANTED), "备注：嫁接苗 · 品种：锦绣", "note: 嫁接苗 · variety: 锦绣"),
    ),
    "treated": (
        EventKind.TREATED,
        Walk(
            TREATED,
            "吡虫啉 20 毫升，间隔期 14 天",
            "吡虫啉 20 毫升, to be picked 14 days later at the earliest",
        ),
    ),
    "harvested": (
        EventKind.HARVESTED,
        Walk(
            nothing,
            "6 号园采了 1,000 斤 · 10 亩 · 等级：一级",
            "1,000 jin from 6 号园 · 10 mu · grade: First grade",
        ),
    ),
    "graded": (
        EventKind.GRADED,
        Walk(
            form("graded", received="820", sorted_out="24", grade="二级"),
            "收 820 斤，合格 796 斤，挑出 24 斤 · 等级：二级 · 挑出的已报损",
            "820 jin came in, 796 jin kept, 24 jin sorted out · grade: Second grade · what was sorted out is "
            "written off",
        ),
    ),
    "graded into two lots": (
        EventKind.GRADED,
        Walk(
            form("graded", received="820", sorted_out="24", grade="一级", becomes="二级"),
            "收 820 斤，合格 796 斤，挑出 24 斤 · 等级：一级 · 挑出的另成批次 {lot}-2，二级",
            "820 jin came in, 796 jin kept, 24 jin sorted out · grade: First grade · what was sorted out is "
            "lot {lot}-2, Second grade",
        ),
    ),
    "split": (
        EventKind.SPLIT,
        Walk(
            form("graded", received="820", sorted_out="24", grade="一级", becomes="二级"),
            "从批次 {lot} 挑出 24 斤 · 等级：二级",
            "24 jin out of lot {lot} · grade: Second grade",
            of_part=True,
        ),
    ),
    "passed": (
        EventKind.INSPECTED,
        Walk(
            form("inspected", result="pass", residue="within limits", report="A1", station="县检测站"),
            "农残在限量内 · 报告 A1 · 县检测站检测",
            "pesticide residue: within the limits · report A1 · tested by 县检测站",
        ),
    ),
    "failed": (
        EventKind.INSPECTED,
        Walk(
            form("inspected", result="fail", residue="above limits"),
            "农残超标",
            "pesticide residue: above the limits",
        ),
    ),
    "stored": (EventKind.STORED, Walk(STORED, "镇冷库，2.1 ℃", "镇冷库, 2.1 ℃")),
    "offered": (
        EventKind.OFFERED,
        Walk(
            nothing,
            "在「河湾黄桃 早采现发」上架 100 份，每份 5 斤",
            "100 packs of 5 jin in “河湾黄桃 早采现发”",
        ),
    ),
    "packed": (EventKind.PACKED, Walk(parcel("packed"), "1 件，共 10 斤", "1 parcel, 10 jin")),
    "shipped": (EventKind.SHIPPED, Walk(parcel("shipped"), "1 件，共 10 斤", "1 parcel, 10 jin")),
    "received": (EventKind.RECEIVED, Walk(parcel("received"), "1 件，共 10 斤", "1 parcel, 10 jin")),
    "written off": (
        EventKind.WRITTEN_OFF,
        Walk(posted("write-off", units="24", reason="霜冻"), "24 斤：霜冻", "24 jin: 霜冻"),
    ),
    "stopped": (EventKind.STOPPED, Walk(STOP, "买家说有异味", "买家说有异味")),
    "stopped by a test": (
        EventKind.STOPPED,
        Walk(
            form("inspected", result="fail", residue="above limits"),
            "最近一次抽检不合格",
            "the latest test was not passed",
        ),
    ),
    "resumed": (
        EventKind.RESUMED,
        Walk(both(STOP, posted("state", state="open", why="查过了")), "查过了", "查过了"),
    ),
    "corrected": (
        EventKind.CORRECTED,
        Walk(
            both(STORED, api(EventKind.CORRECTED, corrects=1)),
            "温度（℃）：3.1 · 更正第 3 条记录",
            "degrees Celsius: 3.1 · corrects record 3",
        ),
    ),
}
ACTORS = ("青山合作社", "Qingshan", "王秀兰家", "果农秀兰", "河湾冷链")


def lines(page: str) -> Iterator[tuple[str, str]]:
    """The title and the text of each line of a timeline."""
    for item in re.findall(r"<ol class=\"journey\">.*?</ol>", page, re.S)[0].split("<li>")[1:]:
        title = re.search(r"<b>(.*?)</b>", item)
        text = re.search(r'<div class="small muted">(.*?)</div>', item, re.S)
        assert title is not None
        yield html.unescape(title[1]), html.unescape(text[1]) if text else ""


def test_every_kind_is_walked() -> None:
    assert {kind for kind, _walk in WALKS.values()} == set(EventKind)


@pytest.mark.parametrize("which", WALKS)
def test_what_is_written_down_is_read_in_words_by_seller_buyer_and_officer(which: str) -> None:
    kind, walk = WALKS[which]
    sale = make_sale()
    walk.way(sale)
    lot_id = part_of(sale) if walk.of_part else sale.stall.lot.id
    event = next(one for one in reversed(trace.history(lot_id=lot_id).events) if one.kind == kind)
    assert facts.read(kind=kind, facts=event.facts).rest == {}
    for language, words in ((CHINESE, walk.chinese), (ENGLISH, walk.english)):
        said = words.format(lot=sale.stall.lot.code)
        public = Client(headers=language).get(f"/lots/{lot_id}/").content.decode()
        seller = browser(sale.stall.chief, language=language).get(f"/coop/lots/{lot_id}/")
        told = list(lines(public))
        assert said in [_without_actor(text) for _title, text in told]
        assert told == list(lines(seller.content.decode()))
        if language == CHINESE:
            assert english_in(public.replace("A1", "1")) == []
        for name in _untranslated(kind):
            assert name not in " ".join(text for _title, text in told)


def part_of(sale: Sale) -> int:
    """The lot that was sorted out of the sale's lot."""
    (off,) = trade.write_offs(lot_id=sale.stall.lot.id)
    assert off.into_id is not None
    return off.into_id


def _without_actor(text: str) -> str:
    first, dot, rest = text.partition(" · ")
    return rest if dot and first in ACTORS else text


def _untranslated(kind: EventKind) -> set[str]:
    """Names and values of JSON that are no words of a page."""
    names = {field.key or name for name, field in fields(facts.KINDS[kind]).items()}
    return {name for name in names if "_" in name} | {"above limits", "within limits", "not detected"}


def test_every_field_and_every_choice_of_every_kind_has_its_words() -> None:
    for kind, cls in facts.KINDS.items():
        assert kind in TITLES
        assert kind in ICONS
        for name, field in fields(cls).items():
            assert (field.key or name) in NAMES
            if isinstance(field, Choice) and field.asked and name != "unit":
                assert set(field.of) <= set(VALUES)


# --- forms are made from the dataclasses -----------------------------------------------------------------------------
@pytest.mark.parametrize("kind", EVENT_FORMS)
def test_a_form_asks_for_every_field_of_its_kind_and_for_no_other(kind: str) -> None:
    sale = make_sale()
    asked = EVENT_FORMS[kind](lot=sale.stall.lot, now=NOW)
    wanted = [name for name, field in fields(facts.KINDS[EventKind(kind)]).items() if field.asked]
    assert list(asked.fields) == ["at", *wanted]
    for name in wanted:
        assert str(asked.fields[name].label).startswith(str(fields(facts.KINDS[EventKind(kind)])[name].label))


def test_a_form_says_in_which_unit_it_asks() -> None:
    asked = EVENT_FORMS["graded"](lot=make_sale().stall.lot, now=NOW)
    assert asked.fields["received"].label == "收了多少（斤）"
    assert asked.fields["grade"].label == "等级"


def test_the_choices_of_a_form_are_words() -> None:
    from fieldcast.trace.facts.inspected import Residue

    assert choices(Residue) == [
        ("not detected", "未检出"),
        ("within limits", "在限量内"),
        ("above limits", "超标"),
    ]


# --- what was written before -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "said", "chinese"),
    [
        (
            EventKind.TREATED,
            {"agent": "吡虫啉", "dose": "20 毫升", "interval_days": 14},
            "吡虫啉 20 毫升，间隔期 14 天",
        ),
        (EventKind.TREATED, {"agent": "吡虫啉"}, "用药：吡虫啉"),
        (EventKind.INSPECTED, {"result": "fail", "residue": "detected"}, "农残：检出"),
        (EventKind.INSPECTED, {"result": "pass", "residue": "above limits"}, "农残：超标"),
        (EventKind.STORED, {"store": "township cold store", "celsius": "2.9"}, "镇冷库，2.9 ℃"),
        (EventKind.GRADED, {"grade": "二级"}, "等级：二级"),
        (EventKind.RECEIVED, {"parcels": 900}, "件数：900"),
        (EventKind.WRITTEN_OFF, {"units": 24}, "数量：24 斤"),
        (EventKind.PLANTED, {"海拔": "620 米"}, "海拔：620 米"),
    ],
)
def test_what_was_written_before_facts_were_checked_stays_readable(
    kind: EventKind, said: Mapping[str, Any], chinese: str
) -> None:
    sale = make_sale()
    make_old_event(sale.stall.lot, kind, said)
    page = Client(headers=CHINESE).get(f"/lots/{sale.stall.lot.id}/").content.decode()
    assert _without_actor(next(iter(lines(page)))[1]) == chinese
    assert "记录未被改动过" in page


def test_a_history_is_told_in_the_order_in_which_it_happened() -> None:
    stall = make_stall()
    make_event(stall.lot, EventKind.STORED)
    make_event(stall.lot, EventKind.TREATED, at=NOW - timedelta(days=9))
    with translation.override("en"):
        told = tell(trace.history(lot_id=stall.lot.id), unit="jin", now=NOW)
    assert [(one.number, one.title) for one in told] == [
        (2, "Put into the cold store"),
        (1, "Picked"),
        (3, "Treated"),
    ]


def test_a_harvest_has_the_day_on_which_it_was_and_no_hour_that_nobody_told() -> None:
    stall = make_stall()
    before = stall.lot.harvested_on - timedelta(days=1)
    lot = register_harvest(
        by=stall.chief,
        plot_id=stall.lot.plot.id,
        product_id=stall.lot.product.id,
        cooperative_id=stall.cooperative.id,
        grade="一级",
        harvested_on=before,
        quantity=1,
        now=NOW,
        today=stall.lot.harvested_on,
    )
    with translation.override("en"):
        (late,) = tell(trace.history(lot_id=lot.id), unit="jin", now=NOW)
        (same,) = tell(trace.history(lot_id=stall.lot.id), unit="jin", now=NOW)
    assert (late.when, "picked on" in late.text) == ("yesterday", False)
    assert same.when.endswith("14:00")
