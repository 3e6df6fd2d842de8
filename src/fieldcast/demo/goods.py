"""What the demo county grows and at what price it sells. Figures are invented, of a believable size."""

from dataclasses import dataclass

from fieldcast.catalog.types import Category, Unit

F, V, T, M, E = Category.FRUIT, Category.VEGETABLE, Category.TEA, Category.MUSHROOM, Category.EGG


@dataclass(frozen=True)
class Good:
    """A product: season in months, ceiling in lot units a mu, and how it is packed and priced.

    `pack` lot units go into a pack sold at `price_fen`; the farmer is guaranteed `guarantee_fen` a lot unit.
    """

    code: str
    category: Category
    name: str
    name_en: str
    unit: Unit
    ceiling: int
    season: tuple[int, int]
    pack: int
    pack_name: str
    pack_name_en: str
    price_fen: int
    guarantee_fen: int


J, P, L = Unit.JIN, Unit.PIECE, Unit.LIANG
GOODS: tuple[Good, ...] = (
    Good("yellow-peach", F, "黄桃", "Yellow peach", J, 4000, (7, 11), 5, "5 斤装", "2.5 kg box", 3980, 380),
    Good("kiwi", F, "猕猴桃", "Kiwi", J, 3600, (9, 12), 5, "5 斤装", "2.5 kg box", 3580, 330),
    Good("pear", F, "秋月梨", "Pear", J, 5200, (8, 11), 8, "8 斤装", "4 kg box", 4280, 240),
    Good("navel-orange", F, "脐橙", "Navel orange", J, 5600, (11, 2), 10, "10 斤装", "5 kg box", 4980, 220),
    Good("grape", F, "阳光葡萄", "Grape", J, 3000, (8, 11), 3, "3 斤装", "1.5 kg box", 3680, 560),
    Good("strawberry", F, "草莓", "Strawberry", J, 3200, (11, 4), 2, "2 斤装", "1 kg box", 4580, 1050),
    Good("apple", F, "红富士苹果", "Apple", J, 6000, (9, 12), 8, "8 斤装", "4 kg box", 4580, 260),
    Good("persimmon", F, "脆柿", "Persimmon", J, 4800, (10, 12), 5, "5 斤装", "2.5 kg box", 2680, 220),
    Good("cabbage", V, "高山白菜", "Cabbage", J, 9000, (10, 3), 10, "10 斤装", "5 kg box", 1980, 60),
    Good("tomato", V, "露天番茄", "Tomato", J, 8000, (6, 11), 5, "5 斤装", "2.5 kg box", 2480, 190),
    Good("chili", V, "线椒", "Chili", J, 5000, (7, 11), 3, "3 斤装", "1.5 kg bag", 1880, 260),
    Good("radish", V, "青皮萝卜", "Radish", J, 8500, (10, 2), 10, "10 斤装", "5 kg box", 2180, 70),
    Good("lotus-root", V, "粉藕", "Lotus root", J, 4200, (9, 3), 5, "5 斤装", "2.5 kg box", 2980, 260),
    Good("potato", V, "高山土豆", "Potato", J, 6000, (8, 12), 10, "10 斤装", "5 kg box", 2380, 90),
    Good("green-tea", T, "云雾绿茶", "Green tea", L, 900, (3, 12), 5, "半斤装", "250 g tin", 12800, 1250),
    Good("black-tea", T, "工夫红茶", "Black tea", L, 800, (4, 12), 5, "半斤装", "250 g tin", 9800, 920),
    Good("shiitake", M, "花菇", "Shiitake", J, 6000, (1, 12), 1, "1 斤装", "500 g bag", 5880, 3200),
    Good("wood-ear", M, "秋木耳", "Wood ear", J, 1200, (1, 12), 1, "1 斤装", "500 g bag", 6980, 3900),
    Good("oyster-mushroom", M, "鲜平菇", "Oyster mushroom", J, 12000, (1, 12), 4, "4 斤装", "2 kg box", 2580, 280),
    Good("hen-eggs", E, "土鸡蛋", "Hen eggs", P, 12000, (1, 12), 30, "30 枚装", "tray of 30", 3880, 78),
    Good("duck-eggs", E, "鲜鸭蛋", "Duck eggs", P, 10000, (1, 12), 20, "20 枚装", "tray of 20", 3280, 98),
)  # fmt: skip
BY_CODE = {good.code: good for good in GOODS}
GRADES = ("特级", "一级", "一级", "二级")
