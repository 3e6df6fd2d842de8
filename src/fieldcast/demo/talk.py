"""What is said and written in the demo county's rooms: lines that fit the goods and the hour.

They claim nothing that the lot's own records do not say.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import timezone

from fieldcast.catalog.types import Category, LotView, Unit
from fieldcast.demo.goods import BY_CODE, Good, Keeping

# until which hour one says it
GREETINGS: Final = (
    (5, "夜深了"),
    (11, "大家早上好"),
    (13, "大家中午好"),
    (18, "大家下午好"),
    (24, "大家晚上好"),
)
UNITS: Final = {Unit.JIN: "斤", Unit.PIECE: "枚", Unit.LIANG: "两"}
ANYONE: Final = (
    "刚下单，坐等", "给爸妈也来一份", "几天能到呀", "已经回购三次了", "价格比超市划算", "谢谢主播讲得清楚",
    "第一次来，先看看", "帮邻居也带一份", "上次那箱收到了，没坏的", "直播间人不少啊", "主播声音再大一点",
    "支持家乡", "已付款，早点发哦",
)  # fmt: skip
ABOUT: Final[dict[Category, tuple[str, ...]]] = {
    Category.FRUIT: (
        "皮厚不厚呀",
        "这个个头可以",
        "孩子就爱吃这个",
        "可以看看切开的样子吗",
        "有没有小一点的装",
    ),
    Category.VEGETABLE: ("看着就新鲜", "炖汤够一家人吃了", "泥是留着的吗", "火锅配这个正好", "叶子没黄的吧"),
    Category.TEA: ("茶汤颜色亮不亮", "耐泡吗", "过年送长辈合适", "罐子好看", "去年喝的就是这家"),
    Category.MUSHROOM: ("泡发能出多少", "炖鸡就放这个", "朵大不大", "没有沙吧", "包饺子正好"),
    Category.EGG: ("蛋黄黄不黄", "路上会不会碎", "是散养的吗", "给坐月子的妹妹买", "煮着吃最香"),
}
# Questions and the host's honest answer. `{lot}` is the lot's code, `{days}` how long parcels take.
ASKED: Final = (
    ("能寄哈尔滨吗", "能寄，走冷链，三到四天到"),
    ("有没有检测报告", "有的，点开商品里的批次，检测站出的结果在上面"),
    ("坏了怎么办", "坏果坏件包赔，拍照给我们，二十四小时内处理"),
    ("甜不甜", "甜度我们没有测，不敢报数，只能说自家孩子爱吃"),
    ("是哪个村的", "批次页上写着哪个村、哪块地，扫箱子上的码也看得到"),
)
FOR_FRUIT: Final = 3  # the place of the question that only fruit is asked
BACK: Final[dict[Category, str]] = {
    Category.FRUIT: "到货有两个压坏",
    Category.VEGETABLE: "到货有一棵烂心",
    Category.TEA: "罐子压瘪了一个",
    Category.MUSHROOM: "袋子破了，漏了一些",
    Category.EGG: "到货碎了三枚",
}


@dataclass(frozen=True)
class Line:
    """Something written in the room, with the host's answer when it asks something."""

    text: str
    answer: str = ""


def greeting(at: datetime) -> str:
    """As one begins to speak at this hour."""
    hour = timezone.localtime(at).hour
    return next(words for until, words in GREETINGS if hour < until)


def said(lots: Sequence[LotView], *, at: datetime) -> tuple[str, ...]:
    """What a host says about the lots of a session that begins at `at`."""
    kinds = "、".join(dict.fromkeys(lot.product.name for lot in lots))
    lines = [f"{greeting(at)}，今天给大家带来的是{kinds}。"]
    for lot in lots[:3]:
        good = BY_CODE[lot.product.code]
        lines.append(
            f"{good.name}是{lot.plot.village}{lot.plot.farm_name}的，{_picked(good, lot)}，{_packed(good)}。"
        )
    return (
        *lines,
        "每个批次都送检测站测过农残，结果在批次页里，报告编号也在上面。",
        "坏了包赔，拍照给我们，二十四小时内处理。",
        "库存还有多少，屏幕下面看得到，卖完就没有了。",
        "溯源码贴在箱子上，扫一下就知道是哪块地、哪天采的。",
    )


def written(rng: random.Random, categories: Sequence[Category], count: int) -> tuple[Line, ...]:
    """So many lines of a chat about goods of these kinds, some of them questions."""
    about = [text for category in categories for text in ABOUT[category]]
    asked = [
        Line(text, answer)
        for place, (text, answer) in enumerate(ASKED)
        if place != FOR_FRUIT or Category.FRUIT in categories
    ]
    lines = [*(Line(text) for text in (*ANYONE, *about)), *asked]
    return tuple(rng.sample(lines, min(count, len(lines))))


def title(lots: Sequence[LotView]) -> str:
    """A session's title, after what it sells first."""
    kinds = list(dict.fromkeys(lot.product.name for lot in lots))
    return "、".join(kinds[:2]) + "专场"


def freshness(good: Good, lot: LotView, *, at: datetime) -> str:
    """What may be said of how fresh a lot is, by its kind and its age."""
    days = (timezone.localdate(at) - lot.harvested_on).days
    if good.keeping == Keeping.DRY:
        return "当年新货"
    if days <= 1:
        return "今早现采" if days == 0 else "昨天现摘"
    return "冷库鲜存" if good.keeping == Keeping.COLD else f"{days} 天前采的"


def _picked(good: Good, lot: LotView) -> str:
    day = f"{lot.harvested_on.month}月{lot.harvested_on.day}日"
    if good.keeping == Keeping.DRY:
        return f"{day}那一批做的，一直冷藏着"
    return f"{day}采的" if good.keeping == Keeping.FRESH else f"{day}采的，采下来就进了冷库"


def _packed(good: Good) -> str:
    return f"一份净重{good.pack}{UNITS[good.unit]}" if good.unit != Unit.PIECE else f"一份{good.pack}枚"
