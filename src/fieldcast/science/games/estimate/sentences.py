"""What records tell about honesty and supervision, or why they cannot, in both languages."""

from dataclasses import dataclass

from fieldcast.science.games.estimate.bootstrap import Interval
from fieldcast.science.games.supervision import Regime
from fieldcast.science.games.supervision.figures import percent
from fieldcast.science.text import Text

TABLES = {
    "audits": Text(en="audits", zh="监督检查"),
    "penalties": Text(en="penalties", zh="罚金"),
    "losses": Text(en="refunds and lost repeat purchases", zh="退款和少掉的回头客"),
    "honest_margins": Text(en="honest margins", zh="诚信时的收益"),
    "dishonest_margins": Text(en="dishonest margins", zh="不诚信时的收益"),
}
NOTHING_TEMPTS = Text(en="Dishonesty brings the host nothing", zh="不诚信没有好处")


@dataclass(frozen=True)
class Found:
    """What there is to tell: known records by table, rows left out, shares of regimes, and the intervals."""

    count: dict[str, int]
    missing: int
    regimes: dict[str, float]
    honesty: Interval
    supervision: Interval
    confidence: float


def tell(found: Found, *, fewest: int) -> Text:
    """The answer in one to three sentences."""
    few = {name: n for name, n in found.count.items() if n < fewest}
    parts = [_too_few(few, fewest)] if few else []
    if not few:
        likeliest = max(found.regimes.values())
        parts.append(_told(found) if likeliest >= found.confidence else _undecided(found))
    if found.missing:
        parts.append(
            Text(
                en=f"Rows with a figure missing are left out, not counted as zero: {found.missing}.",
                zh=f"缺数的记录没有当成零，而是不算在内：{found.missing} 条。",
            )
        )
    return Text(en=" ".join(part.en for part in parts), zh="".join(part.zh for part in parts))


def _too_few(few: dict[str, int], fewest: int) -> Text:
    en = ", ".join(f"{TABLES[name].en} ({n})" for name, n in few.items())
    zh = "、".join(f"{TABLES[name].zh}（{n} 条）" for name, n in few.items())
    return Text(
        en=f"The records cannot tell: at least {fewest} of each kind are needed, and there are fewer of {en}.",
        zh=f"记录太少，说不准：每一类至少要 {fewest} 条，不够的有：{zh}。",
    )


def _undecided(found: Found) -> Text:
    """The likeliest regimes, until they are as likely as the confidence asked for."""
    en, zh, told = [], [], 0.0
    for name, share in found.regimes.items():
        label, odds = _label(name), percent(share)
        en.append(f"“{label.en}” ({odds.en})")
        zh.append(f"“{label.zh}”（{odds.zh}）")
        told += share
        if told >= found.confidence:
            break
    return Text(
        en=f"The records cannot tell, for they fit more than one case: {', '.join(en)}. "
        f"Honesty: {_span(found.honesty).en}.",
        zh=f"记录说不准，几种情况都有可能：{'、'.join(zh)}。主播诚信的机会：{_span(found.honesty).zh}。",
    )


def _told(found: Found) -> Text:
    name, share = next(iter(found.regimes.items()))
    label, odds = _label(name), percent(min(share, 0.9999))  # resampling is never certain
    honesty, supervision, sure = _span(found.honesty), _span(found.supervision), percent(found.confidence)
    return Text(
        en=f"{label.en} ({odds.en} sure). Honesty: {honesty.en}; supervision: {supervision.en} "
        f"({sure.en} intervals).",
        zh=f"{label.zh}（把握 {odds.zh}）。主播诚信的机会：{honesty.zh}；"
        f"农户监督的机会：{supervision.zh}（{sure.zh} 区间）。",
    )


def _label(name: str) -> Text:
    return Regime(name).label if name in set(Regime) else NOTHING_TEMPTS


def _span(found: Interval) -> Text:
    value, low, high = (percent(share) for share in (found.value, found.low, found.high))
    return Text(
        en=f"{value.en}, between {low.en} and {high.en}",
        zh=f"{value.zh}，在 {low.zh} 到 {high.zh} 之间",
    )
