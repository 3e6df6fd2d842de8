"""Contradictions of Tables 2 and 3 and of conclusion (3) with the paper's own equations."""

import numpy as np

from fieldcast.science.games.paper import scenarios
from fieldcast.science.games.paper.conclusion import conclusion_3
from fieldcast.science.games.paper.erratum import Erratum, Setting
from fieldcast.science.games.paper.tables import printed_p1, table
from fieldcast.science.games.supervision import Regime
from fieldcast.science.games.supervision.figures import figure, percent
from fieldcast.science.text import Text


def _listed(values: tuple[float, ...]) -> Text:
    figures = [figure(round(value, 2)) for value in values]
    return Text(en=", ".join(figures), zh="、".join(figures))


def formula_of_the_tables(number: int, setting: Setting) -> Erratum:
    """C/[F+(R1−R2)+L] against equation (4)."""
    by_cost, by_fine = table(2), table(3)
    derived = table(2, form="derived", loss_share=setting.loss_share)
    cost = tuple(float(row.value) for row in by_cost.rows)
    printed = tuple(row.p1_raw for row in by_cost.rows)
    equation = tuple(row.p1_raw for row in derived.rows)
    falls = tuple(row.p1_raw for row in by_fine.rows)
    return Erratum(
        number=number,
        place=Text(en="Tables 2 and 3 against equation (4)", zh="表 2、表 3，与式(4)不合"),
        printed=Text(
            en=f"P1 = C/[F+(R1−R2)+L]: {_listed(printed).en} at C = {_listed(cost).en}, and "
            f"{_listed(falls).en} as F rises.",
            zh=f"P1 = C/[F+(R1−R2)+L]：C = {_listed(cost).zh} 时是 {_listed(printed).zh}；F 由小到大是 "
            f"{_listed(falls).zh}。",
        ),
        follows=Text(
            en=f"Equation (4) is P1 = 1−C/(F+L): {_listed(equation).en} before cutting to 0..1. It falls with "
            "C and rises with F, as §3.1 and §3.2 argue; the tabulated figure does the opposite in both, "
            "like a probability of "
            "dishonesty. " + setting.assumed.en,
            zh=f"式(4)是 P1 = 1−C/(F+L)：不限在 0..1 时是 {_listed(equation).zh}。它随 C 升而降、随 F 升而升，"
            "与 §3.1、"
            "§3.2 的道理一致；表里的数两样都反着走，倒像不诚信的概率。" + setting.assumed.zh,
        ),
        computed={
            "C": cost,
            "printed_P1": printed,
            "equation_4_P1": equation,
            "printed_change_per_C": (printed[0] - printed[-1]) / (cost[0] - cost[-1]),
            "equation_4_change_per_C": (equation[0] - equation[-1]) / (cost[0] - cost[-1]),
            "printed_change_F_6_to_25": falls[-1] - falls[0],
            "equation_4_slope_in_F_ordinary": float(setting.ordinary.statics().value("honesty", "F")),
        },
    )


def baseline(number: int, setting: Setting) -> Erratum:
    """Full honesty and full supervision at the poverty baseline."""
    game = setting.poverty
    regime = game.regime
    assert isinstance(regime, Regime)  # one game has one
    certain = game.expected(honesty=1.0, supervision=1.0)
    host_gains = float(game.expected(honesty=0.0, supervision=1.0).host) - float(certain.host)
    farmer_gains = float(game.expected(honesty=1.0, supervision=0.0).farmer) - float(certain.farmer)
    losses = np.linspace(0, scenarios.STAKE, 400, endpoint=False)
    every = game.with_(R1=130 + scenarios.STAKE - losses, L=losses)
    most_honesty, most_supervision = float(np.max(every.honesty)), float(np.max(every.supervision))
    return Erratum(
        number=number,
        place=Text(en="§4.1 and the baseline rows of Tables 2 and 3", zh="§4.1，表 2、表 3 的基准行"),
        printed=Text(
            en="At C = 30, F = 10, H1−H2 = 12 the host is honest for certain and the farmer supervises for "
            "certain (1.0 and 1.2 taken as 1).",
            zh="C = 30、F = 10、H1−H2 = 12 时，主播全诚信、农户全监督（1.0，以及 1.2 取 1）。",
        ),
        follows=Text(
            en=f"That is no equilibrium: supervised, the host gains {figure(host_gains)} by cheating, because "
            f"F is below H1−H2; and facing an honest host the farmer saves {figure(farmer_gains)} by not "
            f"supervising. No supervision deters, so honesty is {percent(most_honesty).en}; and as F+L is "
            f"below F+(R1−R2)+L = {figure(float(game.F) + scenarios.STAKE)} = C whatever the L, supervision "
            f"is {percent(most_supervision).en}.",
            zh=f"这不是均衡：F 低于 H1−H2，被监督的主播作假还多得 {figure(host_gains)}；主播诚信时，"
            f"农户不监督能省 {figure(farmer_gains)}。怎么监督都罚不住，诚信是 {percent(most_honesty).zh}；"
            f"无论 L 是多少，F+L 都小于 F+(R1−R2)+L = {figure(float(game.F) + scenarios.STAKE)} = C，"
            f"所以监督也是 {percent(most_supervision).zh}。",
        ),
        computed={
            "host_gain_by_cheating": host_gains,
            "farmer_gain_by_not_supervising": farmer_gains,
            "regime": regime.value,
            "honesty": float(game.honesty),
            "supervision": float(game.supervision),
            "most_honesty_for_any_L": most_honesty,
            "most_supervision_for_any_L": most_supervision,
        },
    )


def combined_policy(number: int, setting: Setting) -> Erratum:
    """Conclusion (3) of §4.3."""
    found = conclusion_3(loss_share=setting.loss_share)
    return Erratum(
        number=number,
        place=Text(en="§4.3, conclusion (3)", zh="§4.3 结论(3)"),
        printed=Text(
            en="C = 24 and F = 15 give P1 = 80% and P2 = 80%.", zh="C = 24、F = 15 时，P1 = 80%、P2 = 80%。"
        ),
        follows=found.sentence,
        computed={
            "P1_claimed": found.p1_claimed,
            "P1_by_the_tables_formula": found.p1_formula,
            "P1_by_the_tables_formula_with_C_24_alone": printed_p1(C=24, F=10),
            "P1_in_equilibrium": found.p1_derived,
            "P1_bound_for_any_L": found.p1_bound,
            "P2": found.p2_formula,
        },
    )


def supervision_in_table_2(number: int, setting: Setting) -> Erratum:
    """The P2 column of Table 2 changes with C."""
    rows = table(2).rows
    formula = tuple(row.p2_raw for row in rows)
    printed = tuple(1.2 if "1.2" in row.cells.p2 else 1.0 for row in rows if row.cells)
    stake = float(setting.poverty.F) + float(setting.poverty.L)
    derived = tuple(row.p2 for row in table(2, form="derived", loss_share=setting.loss_share).rows)
    return Erratum(
        number=number,
        place=Text(en="Table 2, column P2, and the text below it", zh="表 2 的 P2 一列和表下的话"),
        printed=Text(
            en=f"P2 is {_listed(printed).en} down the column. At the highest C the farmer is forced to "
            "supervise fully; at C = 24, where 1.0 is printed, full supervision is no longer needed, and at "
            "C = 18 the burden is much eased.",
            zh=f"P2 由上到下是 {_listed(printed).zh}。C 最高时说农户被迫全监督；C = 24 印着 1.0，"
            "却说不用全监督，C = 18 又说压力大减。",
        ),
        follows=Text(
            en=f"(H1−H2)/F has no C in it: {figure(formula[0])}, cut to 1, in every row, and 1 is full "
            f"supervision. In the game a C above F+L = {figure(stake)} forces nobody: the farmer gives up, as "
            "§3.1 says. Supervision "
            f"in equilibrium: {_listed(derived).en}. " + setting.assumed.en,
            zh=f"(H1−H2)/F 里没有 C：每行都是 {figure(formula[0])}，取 1，也就是全监督。在博弈里，C 高过 F+L "
            f"= {figure(stake)} 谁也逼不了：农户就不监督了，§3.1 也是这么说的。均衡的监督是 "
            f"{_listed(derived).zh}。" + setting.assumed.zh,
        ),
        computed={"printed_P2": printed, "formula_P2": formula, "equilibrium_P2": derived, "F_plus_L": stake},
    )


def grid(number: int, setting: Setting) -> Erratum:
    """§4.1 announces ±20% and ±40% of both parameters."""
    game = setting.poverty
    announced = tuple(float(game.F) * (1 + change) for change in (-0.4, -0.2, 0.2, 0.4))
    tabulated = tuple(float(row.value) for row in table(3).rows)
    missing = tuple(value for value in announced if value not in tabulated)
    gain = float(game.H1) - float(game.H2)
    ordinary_cost = float(setting.ordinary.C) / float(game.C) - 1
    return Erratum(
        number=number,
        place=Text(en="§4.1 against Tables 2 and 3", zh="§4.1，与表 2、表 3 不合"),
        printed=Text(
            en="C and F are each varied by ±20% and ±40%; C = 18 is called the level of ordinary commerce.",
            zh="说 C 和 F 各调 ±20%、±40%；把 C = 18 称作普通场景水平。",
        ),
        follows=Text(
            en=f"Table 3 has F = {_listed(tabulated).en}: {_listed(missing).en} are missing, and they are "
            f"where it matters, since F = {figure(gain)} is exactly H1−H2, above which a fine begins to "
            f"deter. Ordinary commerce has C = {figure(float(setting.ordinary.C))}, a change of "
            f"{figure(100 * ordinary_cost)}%, outside Table 2.",
            zh=f"表 3 的 F 是 {_listed(tabulated).zh}，缺了 {_listed(missing).zh}，而要紧的正在这里：F = "
            f"{figure(gain)} 正好等于 H1−H2，罚过它才罚得住。普通场景的 C 是 "
            f"{figure(float(setting.ordinary.C))}，变化 {figure(100 * ordinary_cost)}%，不在表 2 里。",
        ),
        computed={
            "announced_F": announced,
            "tabulated_F": tabulated,
            "missing_F": missing,
            "H1_minus_H2": gain,
            "change_of_C_in_ordinary_commerce": ordinary_cost,
        },
    )


def highest_fine(number: int, setting: Setting) -> Erratum:
    """The row F = 25 of Table 3 and the range quoted from it."""
    row = table(3).rows[-1]
    game = setting.poverty.with_(F=row.value)
    dishonest = 1 - row.p1_raw
    derived = 1 - float(game.honesty)
    return Erratum(
        number=number,
        place=Text(en="Table 3, row F = 25, and the text below it", zh="表 3 的 F = 25 一行和表下的话"),
        printed=Text(
            en=f"At F = 25 the motive to cheat is curbed completely, with P1 = {figure(row.p1)}; P2 falls to "
            f"50%–80%, with P2 = {figure(row.p2)}.",
            zh=f"F = 25 时说投机动机完全遏制，印的 P1 = {figure(row.p1)}；说 P2 降到 50%~80%，印的 P2 = "
            f"{figure(row.p2)}。",
        ),
        follows=Text(
            en=f"By that P1 the host cheats {percent(dishonest).en} of the time, and {percent(row.p2).en} is "
            "below the range. By equation (4) cheating never ends while supervising costs anything: in "
            "equilibrium it is "
            f"{percent(derived).en} here. " + setting.assumed.en,
            zh=f"照这个 P1，主播作假的机会有 {percent(dishonest).zh}；{percent(row.p2).zh} 也不在那个范围里。"
            "按式(4)，"
            f"只要监督还花钱，作假就断不了根：这里的均衡是 {percent(derived).zh}。" + setting.assumed.zh,
        ),
        computed={
            "dishonesty_by_the_printed_P1": dishonest,
            "P2": row.p2_raw,
            "P2_within_the_range": 0.5 <= row.p2_raw <= 0.8,
            "dishonesty_in_equilibrium": derived,
        },
    )
