"""Reads an address that was pasted: name, phone, province, city, district and street, in any order, with or without
anything between them.

What always holds: nothing is made up. What is not found stays empty and is asked for; what is left over is kept in the
street, so that no word of the buyer's is lost but labels, country and postcode.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, NamedTuple

from fieldcast.kit.divisions import districts_of, places_of_district
from fieldcast.kit.provinces import PROVINCES, cities_of, short_name

LONGEST: Final = 500
_CUT: Final = "\n"
_PHONE: Final = re.compile(
    r"(?<!\d)(?:\+?86|0086)?[- ]?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?:-\d{1,5})?(?!\d)"
)
_NAME_LABEL: Final = r"收货人姓名|收件人姓名|收货人|收件人|联系人|姓名|名字|收货|收件"
_LABELS: Final = re.compile(
    rf"(?:{_NAME_LABEL}|联系电话|联系方式|手机号码|手机号|手机|电话号码|电话|省市区|所在地区|所在地|地区|"
    r"收货地址|收件地址|详细地址|街道地址|地址|邮政编码|邮编)\s*[:：]\s*(?:\d{6}(?!\d))?|(?:邮政编码|邮编)\s*\d{6}"
)
_NAMED: Final = re.compile(rf"(?:{_NAME_LABEL})\s*[:：]\s*([^\s,，;；。、|/]{{1,20}})")
_BETWEEN: Final = re.compile(r"[\s,，;；。、|/]+")
_POSTCODE: Final = re.compile(r"\d{6}")
_COUNTRY: Final = re.compile(r"(?<![\u4e00-\u9fff])(?:中华人民共和国|中国)\s*")
_GAP: Final = " \t\n-—>·,，、/|"
_CITY_ENDING: Final = re.compile(r"(?:市|地区|盟|林区|(?:[\u4e00-\u9fff]{1,4}族){0,3}自治[州县])$")
_DISTRICT_ENDING: Final = re.compile(r"(?:新区|矿区|区|县|市|旗|[\u4e00-\u9fff]{1,4}族自治县)$")
_FILLER: Final = ("市辖区", "省直辖县级行政区划", "自治区直辖县级行政区划", "县")
_STREET: Final = re.compile(r"[\d路街道巷弄号栋幢座室楼层村镇乡组园苑区厦场院校店屯庄湾桥站]")
_TITLES: Final = re.compile(r"(?:先生|女士|小姐|老师|阿姨|同学|师傅|医生)$")
_SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷"
    "施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费"
    "纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边涂吉饶植储褚"
)
_DOUBLE: Final = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "司徒",
    "慕容",
    "尉迟",
    "令狐",
    "皇甫",
    "夏侯",
    "端木",
    "南宫",
)
_NAME_AT_END: Final = re.compile(r"(?<=[号室栋楼层元座幢店口内旁])([\u4e00-\u9fff]{2,4})$")


@dataclass(frozen=True)
class Pasted:
    """What was found; "" for what was not."""

    recipient: str
    phone: str
    province: str
    city: str
    district: str
    line: str


class Region(NamedTuple):
    """A place in a text, and from where to where it is said."""

    province: str
    city: str
    district: str
    start: int
    end: int

    @property
    def known(self) -> int:
        """How much of it is said."""
        return sum(map(bool, (self.province, self.city, self.district)))


def read_pasted(text: str) -> Pasted:
    """Read an address as people copy it out of a chat, an order or another shop."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKC", text[:LONGEST]) if unicodedata.category(char) != "Cf"
    )
    named = _NAMED.search(plain)
    recipient = named[1] if named and not _PHONE.search(named[1]) else ""
    if recipient:
        plain = plain.replace(named[1], _CUT, 1) if named else plain
    found = _PHONE.search(plain)
    phone = "".join(found.groups()) if found else ""
    marked = f"{plain[: found.start()]}{_CUT}{plain[found.end() :]}" if found else plain
    at = found.start() if found else -1
    rest = _LABELS.sub(lambda label: _CUT + " " * (len(label[0]) - 1), marked)
    rest = _COUNTRY.sub(lambda country: " " * len(country[0]), rest)
    region = _region(rest)
    before, after = rest[: region.start], rest[region.end :]
    outside = _parts(before, offset=0)
    street = _parts(after, offset=region.end)
    if not recipient:
        recipient = _take_name(outside, street, phone_at=at, cut=len(before))
    line = " ".join(text for text, _at in [*street, *outside])
    return Pasted(recipient, phone, region.province, region.city, region.district, line)


def _parts(text: str, *, offset: int) -> list[tuple[str, int]]:
    """Pieces of a text with where they begin, without postcodes that stand alone."""
    found, at = [], 0
    for gap in [*_BETWEEN.finditer(text), None]:
        end = gap.start() if gap else len(text)
        piece = text[at:end].strip(" :：-—")
        if piece and piece != "收" and not _POSTCODE.fullmatch(piece):
            found.append((piece, offset + at))
        at = gap.end() if gap else at
    return found


def _take_name(
    outside: list[tuple[str, int]], street: list[tuple[str, int]], *, phone_at: int, cut: int
) -> str:
    """The recipient among the pieces, which loses it; "" when none looks like one."""
    every = [*outside, *street]
    first_of_street = street[0] if street else None
    scored = [
        (
            _like_a_name(text) - (2 if (text, at) == first_of_street else 0) + _near(at, text, phone_at),
            -at,
            text,
            at,
        )
        for text, at in every
    ]
    best = max(scored, default=None)
    if best is not None and best[0] > 0:
        taken = (best[2], best[3])
        (outside if taken in outside else street).remove(taken)
        return best[2]
    for place, (text, at) in reversed([*enumerate(street)]):
        if (tail := _NAME_AT_END.search(text)) and _surname(tail[1]):
            street[place] = (text[: tail.start()], at)
            return tail[1]
    return ""


def _like_a_name(text: str) -> int:
    if re.search(r"\d", text) or not 2 <= len(text) <= 20:
        return -9
    if _TITLES.search(text) and len(text) <= 8:
        return 6
    if re.fullmatch(r"[A-Za-z][A-Za-z .'-]*", text):
        return 3
    if not re.fullmatch(r"[\u4e00-\u9fff·]+", text):
        return 0
    score = 3 if "·" in text or (_surname(text) and len(text) <= 4) else 1 if len(text) <= 4 else -3
    return score - (4 if _STREET.search(text[1:]) else 0)


def _near(at: int, text: str, phone_at: int) -> int:
    return 1 if phone_at >= 0 and min(abs(phone_at - at), abs(phone_at - at - len(text))) <= 2 else 0


def _surname(text: str) -> bool:
    return text[:1] in _SURNAMES or text[:2] in _DOUBLE


# --- places ---
def _region(text: str) -> Region:
    """The place that says most, and of those that say the same the first."""
    found = [one for at in range(len(text)) for one in _regions_at(text, at)]
    return max(found, key=lambda one: (one.known, -one.start), default=Region("", "", "", 0, 0))


def _regions_at(text: str, at: int) -> list[Region]:
    found = []
    for province in PROVINCES:
        for name in (province, short_name(province)):
            if text.startswith(name, at):
                found.append(_inside(text, at, province, at + len(name), whole=name == province))
                break
        found += _from_city(text, at, province)
    found += _from_district(text, at)
    return [one for one in found if one is not None]


def _inside(text: str, start: int, province: str, at: int, *, whole: bool) -> Region | None:
    """A province with what follows it; by its short name only where one of its places does."""
    at = _skip(text, at)
    city, end = _city(text, at, province)
    if not city:
        for one in cities_of(province):
            district, stop = _district(text, at, province, one, short=False)
            if district:
                return Region(province, one, district, start, stop)
        return Region(province, "", "", start, at) if whole else None
    at = _skip(text, end)
    district, stop = _district(text, at, province, city)
    return Region(province, city, district, start, stop if district else at)


def _from_city(text: str, at: int, province: str) -> list[Region | None]:
    """An address that begins with its city: by its short name only where one of its districts follows."""
    found: list[Region | None] = []
    for city in cities_of(province):
        for name in (city, _CITY_ENDING.sub("", city)):
            if len(name) < 2 or not text.startswith(name, at):
                continue
            after = _skip(text, at + len(name))
            district, end = _district(text, after, province, city, short=name == city)
            if name == city or district:
                found.append(Region(province, city, district, at, end if district else after))
                break
    return found


def _from_district(text: str, at: int) -> list[Region | None]:
    """An address that begins with a county or district that there is only once: 昆山市."""
    for length in range(9, 2, -1):
        places = places_of_district(text[at : at + length])
        if len(places) == 1:
            province, city = places[0]
            return [Region(province, city, text[at : at + length], at, _skip(text, at + length))]
    return []


def _city(text: str, at: int, province: str) -> tuple[str, int]:
    for city in cities_of(province):
        for name in (city, _CITY_ENDING.sub("", city), short_name(city)):
            if len(name) >= 2 and text.startswith(name, at):
                end = _skip(text, at + len(name))
                again = city == province and text.startswith(city, end)  # 北京 北京市
                return city, end + len(city) if again else end
    return "", at


def _district(text: str, at: int, province: str, city: str, *, short: bool = True) -> tuple[str, int]:
    """The district of a city that stands here; by its short name only where the word ends there."""
    names = sorted(districts_of(province, city), key=len, reverse=True)
    for name in names:
        if text.startswith(name, at):
            return name, _skip(text, at + len(name))
    for name in names if short else ():
        stem = _DISTRICT_ENDING.sub("", name)
        end = at + len(stem)
        if len(stem) >= 2 and text.startswith(stem, at) and _BETWEEN.match(text[end : end + 1] or " "):
            return name, _skip(text, end)
    return "", at


def _skip(text: str, at: int) -> int:
    """Past gaps, and past words that fill a level that a place has not."""
    while at < len(text):
        if text[at] in _GAP:
            at += 1
            continue
        filler = next((one for one in _FILLER[:-1] if text.startswith(one, at)), None)
        if filler is None:
            break
        at += len(filler)
    return at
