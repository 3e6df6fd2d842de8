"""Claims of the text that its equations, its tables or its reference list do not bear out."""

import numpy as np

from fieldcast.science.games.paper.erratum import Erratum, Setting
from fieldcast.science.games.paper.tables import printed_p1
from fieldcast.science.games.supervision.figures import figure, percent
from fieldcast.science.text import Text

CITED = {1: "CNNIC", 5: "Tirole", 6: "王延语", 7: "Kreps", 8: "徐超毅", 9: "吉昀", 10: "吴巧婷"}
"""Who is named in the text beside each number."""
LISTED = {
    1: "王爱芳",
    2: "姜雪松",
    3: "樊亚敏",
    4: "王延语",
    5: "王菁婧",
    6: "吴巧婷",
    7: "徐超毅",
    8: "吉昀",
    9: "CNNIC",
    10: "Tirole",
    11: "Kreps",
}
"""The first author in the reference list under each number."""


def references(number: int, setting: Setting) -> Erratum:
    """Numbers in the text against the reference list."""
    del setting  # no figure here depends on the game
    place_of = {author: place for place, author in LISTED.items()}
    moved = {cited: place_of[author] for cited, author in CITED.items() if LISTED[cited] != author}
    pairs = " ".join(f"[{cited}]→[{place}]" for cited, place in moved.items())
    return Erratum(
        number=number,
        place=Text(en="Citations in the text against the reference list", zh="正文引用与参考文献表"),
        printed=Text(
            en=f"{len(CITED)} numbers in the text stand beside a name; [5], for instance, beside {CITED[5]}. "
            "§4.1 takes its figures from [4] and [10].",
            zh=f"正文有 {len(CITED)} 个编号旁边写着作者，比如 [5] 写的是 {CITED[5]}。§4.1 的数据说来自 [4]、"
            "[10]。",
        ),
        follows=Text(
            en=f"{len(CITED) - len(moved)} of the {len(CITED)} agree with the list, where [5] is {LISTED[5]}; "
            f"in the list they are: {pairs}. As listed, [10] is {LISTED[10]}'s textbook, so where C = 30 and "
            "F = 10 come from cannot be traced.",
            zh=f"{len(CITED)} 个里有 {len(CITED) - len(moved)} 个与文献表一致；表里 [5] 是{LISTED[5]}。"
            f"对应关系是：{pairs}。照表，[10] 是 {LISTED[10]} 的教科书，C = 30、F = 10 从哪来查不到。",
        ),
        computed={
            "citations_with_a_name": len(CITED),
            "agreeing": len(CITED) - len(moved),
            "cited_as": tuple(moved),
            "listed_as": tuple(moved.values()),
        },
    )


def cost_and_supervision(number: int, setting: Setting) -> Erratum:
    """§3.1 against §4.3 (1), and both against equation (2)."""
    game = setting.ordinary
    stake = float(game.F) + float(game.L)
    costs = np.array([0.25, 0.5, 0.75, 1.25]) * stake
    supervision = tuple(float(value) for value in np.asarray(game.with_(C=costs).supervision))
    slope = float(game.statics().value("supervision", "C"))
    pairs = [(figure(round(C, 2)), percent(q)) for C, q in zip(costs, supervision, strict=True)]
    shown = Text(
        en=", ".join(f"{C}: {q.en}" for C, q in pairs), zh="、".join(f"{C} 是 {q.zh}" for C, q in pairs)
    )
    return Erratum(
        number=number,
        place=Text(en="§3.1 and §5.1 against §4.3 (1)", zh="§3.1、§5.1，与 §4.3(1) 不合"),
        printed=Text(
            en="A lower C makes the farmer supervise more (§3.1, §5.1); a lower C relieves the farmer of "
            "supervising (§4.3 (1)).",
            zh="C 低了，农户监督得更多（§3.1、§5.1）；C 低了，农户的监督压力大减（§4.3(1)）。",
        ),
        follows=Text(
            en="Neither: where both mix, supervision is (H1−H2)/F and its derivative by C is "
            f"{figure(slope)}. Supervision by C in ordinary commerce: {shown.en}. C decides only at F+L = "
            f"{figure(stake)}, above which nobody supervises; what "
            "a lower C raises is honesty. " + setting.assumed.en,
            zh=f"两样都不是：双方都看概率时，监督是 (H1−H2)/F，对 C 的导数是 {figure(slope)}。普通电商下，C "
            f"与监督：{shown.zh}。C 只在 F+L = {figure(stake)} 这道线上起作用，高过它就没人监督；"
            "C 低了，升的是诚信。" + setting.assumed.zh,
        ),
        computed={
            "derivative_of_supervision_by_C": slope,
            "derivative_of_honesty_by_C": float(game.statics().value("honesty", "C")),
            "C": tuple(float(C) for C in costs),
            "supervision": supervision,
            "F_plus_L": stake,
        },
    )


def policies_lower_printed_honesty(number: int, setting: Setting) -> Erratum:
    """The recommended policies against the paper's own P1."""
    steps = ((30, 10), (24, 10), (30, 15), (24, 15))
    printed = tuple(printed_p1(C=C, F=F) for C, F in steps)
    derived = tuple(float(setting.poverty.with_(C=C, F=F).honesty) for C, F in steps)
    shares = [[percent(value) for value in values] for values in (printed, derived)]
    listed = [Text(en=", ".join(s.en for s in row), zh="、".join(s.zh for s in row)) for row in shares]
    return Erratum(
        number=number,
        place=Text(en="§4.2, §4.3 and §5.1 against Tables 2 and 3", zh="§4.2、§4.3、§5.1，与表 2、表 3 不合"),
        printed=Text(
            en="Lowering C and raising F keep honesty high, and the two together do best.",
            zh="降 C、提 F 都能保持高诚信，两样一起效果最好。",
        ),
        follows=Text(
            en="The tables' own P1, at the baseline, with C down 20%, with F up 50%, and with both: "
            f"{listed[0].en}. Each step lowers it and both lower it most. In equilibrium: {listed[1].en}. The "
            "advice stands; "
            "the tables do not support it. " + setting.assumed.en,
            zh=f"按表里自己的 P1，基准、C 降 20%、F 提 50%、两样都做，分别是 {listed[0].zh}：每做一步都降，"
            f"一起做降得最多。按均衡是 {listed[1].zh}。"
            "建议本身站得住，表却撑不住它。" + setting.assumed.zh,
        ),
        computed={"printed_P1": printed, "equilibrium_P1": derived},
    )


def cost_difference_and_honesty(number: int, setting: Setting) -> Erratum:
    """§5.1 and §5.2.3: a smaller H1−H2 makes hosts honest."""
    game = setting.ordinary
    half = game.with_(H1=(float(game.H1) + float(game.H2)) / 2)
    gains = tuple(float(g.H1) - float(g.H2) for g in (game, half))
    honesty = tuple(float(g.honesty) for g in (game, half))
    supervision = tuple(float(g.supervision) for g in (game, half))
    return Erratum(
        number=number,
        place=Text(en="§3.3, §5.1 and §5.2.3 against equation (4)", zh="§3.3、§5.1、§5.2.3，与式(4)不合"),
        printed=Text(
            en="A smaller difference between the cost of honesty and of dishonesty takes away the motive to "
            "cheat.",
            zh="诚信与不诚信的差距小了，主播投机的动机就没了。",
        ),
        follows=Text(
            en=f"Equation (4) has no H1−H2. In ordinary commerce, H1−H2 from {figure(gains[0])} to "
            f"{figure(gains[1])} leaves honesty at {percent(honesty[0]).en} and {percent(honesty[1]).en}, and "
            f"brings supervision from {percent(supervision[0]).en} to {percent(supervision[1]).en}: the "
            "farmer has less to do. It makes hosts honest "
            "only by bringing H1−H2 below F. " + setting.assumed.en,
            zh=f"式(4)里没有 H1−H2。普通电商下，H1−H2 从 {figure(gains[0])} 减到 {figure(gains[1])}，诚信是 "
            f"{percent(honesty[0]).zh} 和 {percent(honesty[1]).zh}，监督从 {percent(supervision[0]).zh} 降到 "
            f"{percent(supervision[1]).zh}：省事的是农户。只有把 H1−H2 减到 F 以下，才会让主播变诚信。"
            + setting.assumed.zh,
        ),
        computed={
            "H1_minus_H2": gains,
            "honesty": honesty,
            "supervision": supervision,
            "derivative_of_honesty_by_H1": float(game.statics().value("honesty", "H1")),
            "derivative_of_supervision_by_H1": float(game.statics().value("supervision", "H1")),
        },
    )
