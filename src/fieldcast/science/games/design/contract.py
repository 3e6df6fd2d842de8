"""Whether a contract deters, in words: a cheat must expect to pay more than cheating brings."""

from dataclasses import dataclass, fields
from math import isfinite

from fieldcast.science.errors import BadParameter
from fieldcast.science.games.design.enforcement import check_number
from fieldcast.science.games.supervision.figures import figure, percent
from fieldcast.science.text import Text


@dataclass(frozen=True)
class Terms:
    """What a contract says and how it is kept; money in one unit, per occasion to cheat.

    `gain` above 0: what cheating brings the host beyond honesty, H1 − H2 in the supervision game. `penalty` ≥
    0: the fine it names. `deposit` ≥ 0: the part held beforehand, collected for certain. `collection` in
    0..1: the share collected of what the deposit does not cover. `detection` in 0..1: the probability that a
    cheat is found, by whomever; at 1 the question is whether even perfect supervision deters. Raises
    `BadParameter` outside these ranges.
    """

    gain: float
    penalty: float
    deposit: float = 0.0
    collection: float = 1.0
    detection: float = 1.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = check_number(field.name, getattr(self, field.name))
            if field.name in ("collection", "detection") and value > 1:
                raise BadParameter(
                    field.name,
                    Text(
                        en=f"{field.name} must be in 0..1; it is {value:g}.",
                        zh=f"{field.name} 必须在 0 到 1 之间；现在是 {value:g}。",
                    ),
                )
        if self.gain == 0:
            raise BadParameter(
                "gain",
                Text(
                    en="gain must be above 0: without it nobody is tempted.",
                    zh="gain（作假所得）必须大于 0：没有所得就没人作假。",
                ),
            )


@dataclass(frozen=True)
class ContractCheck:
    """`deters`: whether cheating does not pay. `collected`: what is collected from a cheat that is found, on average.

    `expected` = detection · collected: what a cheat must expect to pay. `shortfall`: what `expected` lacks of
    the gain (0 if it deters; an equality is a shortfall of 0 that does not deter). To deter, with the other
    terms as they are, one of these must be exceeded: `penalty_needed`, `deposit_needed`, `detection_needed`;
    `None` where no value of that term would do.
    """

    deters: bool
    collected: float
    expected: float
    shortfall: float
    penalty_needed: float | None
    deposit_needed: float | None
    detection_needed: float | None
    sentence: Text


def contract_check(terms: Terms, *, currency: str = "") -> ContractCheck:
    """Whether the contract deters and, if not, by how much it falls short and what would mend it.

    The sentence sets `currency` before every sum; a game of its own has none.
    """
    held = min(terms.deposit, terms.penalty)
    collected = held + terms.collection * (terms.penalty - held)
    expected = terms.detection * collected
    penalty, deposit = _penalty_needed(terms), _deposit_needed(terms)
    detection = terms.gain / collected if collected > terms.gain else None
    deters = expected > terms.gain
    return ContractCheck(
        deters=deters,
        collected=collected,
        expected=expected,
        shortfall=max(terms.gain - expected, 0.0),
        penalty_needed=penalty,
        deposit_needed=deposit,
        detection_needed=detection,
        sentence=_join(
            _verdict(terms, collected, expected, currency),
            None if deters else _remedy(penalty, deposit, detection, currency),
        ),
    )


def _penalty_needed(terms: Terms) -> float | None:
    if terms.detection == 0:
        return None
    needed = terms.gain / terms.detection
    if needed > terms.deposit:
        if terms.collection == 0:
            return None
        needed = terms.deposit + (needed - terms.deposit) / terms.collection
    return needed if isfinite(needed) else None


def _deposit_needed(terms: Terms) -> float | None:
    if terms.detection == 0 or terms.gain / terms.detection >= terms.penalty:
        return None
    if terms.collection == 1:
        return 0.0
    needed = terms.gain / terms.detection
    return max((needed - terms.collection * terms.penalty) / (1 - terms.collection), 0.0)


def _verdict(terms: Terms, collected: float, expected: float, currency: str) -> Text:
    sums = (terms.gain, terms.penalty, collected, expected)
    gain, penalty, fine, due = (_money(value, currency) for value in sums)
    found = percent(terms.detection)
    if terms.detection == 1:
        due_en, due_zh = f"a cheat, always found, pays {fine}", f"作假每次都被发现，要赔 {fine}"
    else:
        due_en = (
            f"a cheat is found {found.en} of the time and then pays {fine}, so it must expect to pay {due}"
        )
        due_zh = f"作假有 {found.zh} 会被发现，发现后要赔 {fine}，平均要赔 {due}"
    if collected < terms.penalty:
        due_en = f"of the penalty of {penalty} only {fine} is collected on average; {due_en}"
        due_zh = f"罚金 {penalty} 平均只收得到 {fine}；{due_zh}"
    due_en = due_en[0].upper() + due_en[1:]
    if expected > terms.gain:
        return Text(
            en=f"The contract deters. {due_en}; cheating brings {gain}.",
            zh=f"合同罚得住。{due_zh}，而作假只多得 {gain}。",
        )
    if expected == terms.gain:
        return Text(
            en=f"The contract just fails to deter. {due_en}, exactly what cheating brings.",
            zh=f"合同差一点罚得住。{due_zh}，刚好等于作假多得的 {gain}。",
        )
    short = _money(terms.gain - expected, currency)
    return Text(
        en=f"The contract does not deter. {due_en}; cheating brings {gain}: {short} too little.",
        zh=f"合同罚不住。{due_zh}，而作假能多得 {gain}，还差 {short}。",
    )


def _remedy(penalty: float | None, deposit: float | None, detection: float | None, currency: str) -> Text:
    ways_en, ways_zh = [], []
    if penalty is not None:
        ways_en.append(f"raise the penalty above {_money(penalty, currency)}")
        ways_zh.append(f"把罚金提到 {_money(penalty, currency)} 以上")
    if deposit is not None:
        ways_en.append(f"take a deposit of more than {_money(deposit, currency)}")
        ways_zh.append(f"收 {_money(deposit, currency)} 以上的押金")
    if detection is not None:
        share = percent(detection)
        ways_en.append(f"find more than {share.en} of the cheats")
        ways_zh.append(f"让 {share.zh} 以上的作假被发现")
    if not ways_en:
        return Text(
            en="No single term mends it: nothing is found, or nothing is collected.",
            zh="单改一条救不了：要么查不到，要么收不到罚金。",
        )
    said = ", or ".join(ways_en)
    return Text(en=f"{said[0].upper()}{said[1:]}.", zh=f"可以{'，或者'.join(ways_zh)}。")


def _join(first: Text, second: Text | None) -> Text:
    return first if second is None else Text(en=f"{first.en} {second.en}", zh=f"{first.zh}{second.zh}")


def _money(value: float, currency: str) -> str:
    return f"{currency}{value:,.2f}" if currency else figure(round(value, 4))
