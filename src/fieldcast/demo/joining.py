"""Who wants in when the demo begins: a farmer, one of whom more is asked, a cooperative, a host and a carrier, and two
numbers that are invited.
"""

import io
from datetime import datetime, timedelta
from typing import Final

from PIL import Image, ImageDraw

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import OrganisationKind, Role, SignedIn
from fieldcast.demo.county import PHONE_BASE, County, add_person
from fieldcast.files.sent import Photo
from fieldcast.joining import operations as joining_operations
from fieldcast.joining.types import JoinKind

NOBODYS: Final = str(PHONE_BASE + 9_999)  # a number without an account
QUESTION: Final = "鸡棚在村里还是山上？有没有动物防疫合格证？"
PAPER, INK, SEAL = "#fbf8ee", "#9a9385", "#c0392b"


def ask_to_come_in(county: County, *, now: datetime) -> None:
    """Leave requests with a cooperative and the service centre, and invitations with a shopper and with nobody yet."""
    _farmers(county, now)
    _seller(county, now)
    _host_and_carrier(county, now)
    for chief, cooperative, phone in (
        (county.chiefs[0], county.cooperatives[0], accounts.person(person_id=county.consumers[2].pk).phone),
        (county.chiefs[2], county.cooperatives[2], NOBODYS),
    ):
        joining_operations.invite(
            by=chief,
            organisation_id=cooperative.id,
            phone=phone,
            role=Role.STAFF,
            now=now - timedelta(hours=5),
        )


def _farmers(county: County, now: datetime) -> None:
    joining_operations.ask_to_join(
        by=_newcomer(county, "罗桂兰"),
        kind=JoinKind.FARMER,
        name="罗桂兰家",
        village="青石村",
        cooperative_id=county.cooperatives[1].id,
        facts={"grows": "土豆和白萝卜", "area_mu": "2.8"},
        consent=True,
        now=now - timedelta(hours=20),
    )
    hens = joining_operations.ask_to_join(
        by=_newcomer(county, "谢春生"),
        kind=JoinKind.FARMER,
        name="谢春生家",
        village="桃花坞",
        facts={"grows": "散养鸡蛋，还有半亩菜", "area_mu": "1.2"},
        consent=True,
        now=now - timedelta(days=2),
    )
    clerk = accounts.people(county_id=county.id, organisation_kind=OrganisationKind.SERVICE_CENTRE)[0]
    joining_operations.ask_for_more(
        by=clerk, request_id=hens.id, words=QUESTION, now=now - timedelta(hours=22)
    )


def _seller(county: County, now: datetime) -> None:
    by = _newcomer(county, "韩立新")
    joining_operations.ask_to_join(
        by=by,
        kind=JoinKind.SELLER,
        name="竹坪蜂蜜合作社",
        village="竹坪村",
        facts={"licence": "93330824MA2DK7XX0P", "sells": "土蜂蜜和野生菌"},
        consent=True,
        photos=joining_operations.draw_photos(by=by, photos=[_licence()]),
        now=now - timedelta(hours=6),
    )


def _host_and_carrier(county: County, now: datetime) -> None:
    joining_operations.ask_to_join(
        by=county.consumers[1],
        kind=JoinKind.HOST,
        name="阿勇讲果",
        cooperative_id=county.cooperatives[0].id,
        facts={"about": "在县城开过三年水果店，会讲怎么挑果", "experience": "给朋友的店播过两个月"},
        consent=True,
        now=now - timedelta(hours=9),
    )
    joining_operations.ask_to_join(
        by=_newcomer(county, "唐永强"),
        kind=JoinKind.CARRIER,
        name="永强冷运",
        facts={"vehicles": "两辆厢货，一辆带冷藏", "cold": "yes", "townships": "河湾、青石、柳溪"},
        consent=True,
        now=now - timedelta(hours=3),
    )


def _newcomer(county: County, name: str) -> SignedIn:
    return add_person(county, display_name=name, name=name)


def _licence() -> Photo:
    """A page that looks like a licence from afar; nothing on it can be read."""
    page = Image.new("RGB", (480, 640), PAPER)
    pen = ImageDraw.Draw(page)
    pen.rectangle((20, 20, 460, 620), outline=SEAL, width=4)
    pen.rectangle((150, 70, 330, 96), fill=INK)
    for line in range(9):
        pen.rectangle((60, 150 + line * 40, 200 + line * 37 % 220, 160 + line * 40), fill=INK)
    pen.ellipse((310, 470, 420, 580), outline=SEAL, width=6)
    sent = io.BytesIO()
    page.save(sent, "PNG")
    return Photo(name="营业执照.png", size=sent.tell(), stream=io.BytesIO(sent.getvalue()))
