"""What the demo county grows, when it is picked, how long it keeps, and at what price it sells.

Months of picking are those of the hills along the middle Yangtze. How long a kind keeps follows the storage lives of
USDA Agriculture Handbook 66 (The Commercial Storage of Fruits, Vegetables, and Florist and Nursery Stocks, revised
2016), rounded down; what is dried or fired keeps a year. Prices are invented, of a believable size.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from fieldcast.catalog.types import Category, Unit

F, V, T, M, E = Category.FRUIT, Category.VEGETABLE, Category.TEA, Category.MUSHROOM, Category.EGG


class Keeping(StrEnum):
    """How a kind waits to be sold, and with it what may be said of how fresh it is."""

    FRESH = "fresh"  # sold within days of being picked
    COLD = "cold"  # picked in its season, then from the cold store
    DRY = "dry"  # made once a year, and dry


@dataclass(frozen=True)
class Good:
    """A product: months in which it is picked, days it keeps, ceiling in lot units a mu, how it is packed and priced.

    `pack` lot units go into a pack sold at `price_fen`; the farmer is guaranteed `guarantee_fen` a lot unit.
    """

    code: str
    category: Category
    name: str
    name_en: str
    unit: Unit
    ceiling: int
    season: tuple[int, int]
    keeps: int
    keeping: Keeping
    pack: int
    pack_name: str
    price_fen: int
    guarantee_fen: int

    def is_picked(self, day: date) -> bool:
        """Is it picked on this day of the year?"""
        first, last = self.season
        return first <= day.month <= last if first <= last else day.month >= first or day.month <= last

    def last_picked(self, day: date) -> date | None:
        """The last day before `day` on which was picked what still keeps; None when there is nothing to sell."""
        days = (day - timedelta(days=back) for back in range(1, self.keeps + 1))
        return next((one for one in days if self.is_picked(one)), None)


J, P, L = Unit.JIN, Unit.PIECE, Unit.LIANG
FRESH, COLD, DRY = Keeping.FRESH, Keeping.COLD, Keeping.DRY
GOODS: tuple[Good, ...] = (
    Good("yellow-peach", F, "黄桃", "Yellow peach", J, 4000, (6, 9), 14, FRESH, 5, "5 斤装", 3980, 380),
    Good("kiwi", F, "猕猴桃", "Kiwi", J, 3600, (9, 11), 100, COLD, 5, "5 斤装", 3580, 330),
    Good("pear", F, "秋月梨", "Pear", J, 5200, (8, 10), 120, COLD, 8, "8 斤装", 4280, 240),
    Good("navel-orange", F, "脐橙", "Navel orange", J, 5600, (11, 2), 60, FRESH, 10, "10 斤装", 4980, 220),
    Good("grape", F, "阳光葡萄", "Grape", J, 3000, (8, 10), 40, COLD, 3, "3 斤装", 3680, 560),
    Good("strawberry", F, "大棚草莓", "Strawberry", J, 3200, (12, 5), 5, FRESH, 2, "2 斤装", 4580, 1050),
    Good("apple", F, "红富士苹果", "Apple", J, 6000, (10, 11), 240, COLD, 8, "8 斤装", 4580, 260),
    Good("persimmon", F, "脆柿", "Persimmon", J, 4800, (10, 12), 60, FRESH, 5, "5 斤装", 2680, 220),
    Good("cabbage", V, "高山白菜", "Cabbage", J, 9000, (10, 3), 60, FRESH, 10, "10 斤装", 1980, 60),
    Good("tomato", V, "露天番茄", "Tomato", J, 8000, (6, 10), 10, FRESH, 5, "5 斤装", 2480, 190),
    Good("chili", V, "线椒", "Chili", J, 5000, (7, 10), 14, FRESH, 3, "3 斤装", 1880, 260),
    Good("cucumber", V, "露地黄瓜", "Cucumber", J, 7000, (4, 10), 10, FRESH, 5, "5 斤装", 2280, 160),
    Good("radish", V, "青皮萝卜", "Radish", J, 8500, (10, 2), 60, FRESH, 10, "10 斤装", 2180, 70),
    Good("lotus-root", V, "粉藕", "Lotus root", J, 4200, (9, 3), 14, FRESH, 5, "5 斤装", 2980, 260),
    Good("potato", V, "高山土豆", "Potato", J, 6000, (6, 9), 240, COLD, 10, "10 斤装", 2380, 90),
    Good("green-tea", T, "云雾绿茶", "Green tea", L, 900, (3, 5), 365, DRY, 5, "半斤装", 12800, 1250),
    Good("black-tea", T, "工夫红茶", "Black tea", L, 800, (4, 6), 365, DRY, 5, "半斤装", 9800, 920),
    Good("shiitake", M, "干花菇", "Dried shiitake", J, 900, (10, 4), 365, DRY, 1, "1 斤装", 5880, 3200),
    Good("wood-ear", M, "秋木耳", "Wood ear", J, 1200, (9, 11), 365, DRY, 1, "1 斤装", 6980, 3900),
    Good("oyster-mushroom", M, "鲜平菇", "Oyster mushroom", J, 9000, (1, 12), 7, FRESH, 4, "4 斤装", 2580, 280),
    Good("hen-eggs", E, "土鸡蛋", "Hen eggs", P, 12000, (1, 12), 21, FRESH, 30, "30 枚装", 3880, 78),
    Good("duck-eggs", E, "鲜鸭蛋", "Duck eggs", P, 10000, (1, 12), 21, FRESH, 20, "20 枚装", 3280, 98),
)  # fmt: skip
BY_CODE: Final = {good.code: good for good in GOODS}
GRADES: Final = ("特级", "一级", "一级", "二级")

# What each cooperative's members grow: fruit and hens under the trees, vegetables and ducks, what the hills give.
GROWN: Final = (
    tuple(good for good in GOODS if good.category == F or good.code == "hen-eggs"),
    tuple(good for good in GOODS if good.category == V or good.code == "duck-eggs"),
    tuple(good for good in GOODS if good.category in (T, M) or good.code == "hen-eggs"),
)

# What each cooperative's clip shows and its first session sells, from January to December: the best of the month.
STARS: Final = (
    ("navel-orange", "navel-orange", "strawberry", "strawberry", "strawberry", "apple",
     "yellow-peach", "yellow-peach", "grape", "kiwi", "persimmon", "navel-orange"),
    ("radish", "radish", "lotus-root", "cabbage", "cucumber", "cucumber",
     "tomato", "chili", "tomato", "lotus-root", "cabbage", "lotus-root"),
    ("shiitake", "shiitake", "shiitake", "green-tea", "green-tea", "black-tea",
     "black-tea", "green-tea", "green-tea", "wood-ear", "wood-ear", "shiitake"),
)  # fmt: skip


def star(which: int, day: date) -> Good:
    """What the cooperative's clip shows on this day."""
    return BY_CODE[STARS[which][day.month - 1]]


def sold_around(which: int, day: date) -> tuple[Good, ...]:
    """What the members of a cooperative can sell on a day, the star first."""
    best = star(which, day)
    return (best, *(good for good in GROWN[which] if good != best and good.last_picked(day)))
