"""Contradictions within the model of §2 and its reading in §3.3."""

from fieldcast.science.games.paper.erratum import Erratum, Setting
from fieldcast.science.games.supervision.figures import figure, percent
from fieldcast.science.text import Text


def payoff_matrix(number: int, setting: Setting) -> Erratum:
    """Table 1 against equation (2)."""
    game = setting.ordinary
    advantage = {form: game.payoffs(form)[0][0] - game.payoffs(form)[0][1] for form in ("printed", "derived")}
    watched = max(float(y[0]) for _, y in game.equilibria("printed").extreme)
    q = float(game.supervision)
    at_q = {form: float(q * by[0] + (1 - q) * by[1]) for form, by in advantage.items()}
    printed, derived = (tuple(float(value) for value in advantage[form]) for form in ("printed", "derived"))
    return Erratum(
        number=number,
        place=Text(en="§2.3, Table 1, against equation (2)", zh="§2.3 表 1，与式(2)不合"),
        printed=Text(
            en="The host gets G−H2 when honest and unsupervised, and G−H1−F when dishonest and supervised.",
            zh="主播诚信而没人监督，得 G−H2；不诚信而被监督，得 G−H1−F。",
        ),
        follows=Text(
            en=f"Then honesty is better by F = {figure(printed[0])} when supervised and by "
            f"{figure(printed[1])} when not (ordinary commerce): it never pays less, nothing makes the host "
            "indifferent, and (2) cannot be derived; in every equilibrium supervision is "
            f"{percent(watched).en}. Equation (2) needs H1 wherever the host is honest and H2 wherever not: "
            f"better by {figure(derived[0])} and by {figure(derived[1])}, and indifferent at P2 = "
            f"{figure(round(q, 4))}.",
            zh=f"照这样（普通电商），诚信在被监督时多得 F = {figure(printed[0])}，没人监督时多得 "
            f"{figure(printed[1])}：诚信从不吃亏，没有哪种监督能让主播两头一样，推不出式(2)；"
            f"任何均衡里监督都是 {percent(watched).zh}。要得出式(2)，诚信时成本都得是 H1，不诚信时都得是 H2："
            f"那样分别多得 {figure(derived[0])} 和 {figure(derived[1])}，P2 = {figure(round(q, 4))} "
            "时两头一样。",
        ),
        computed={
            "printed_advantage_of_honesty": printed,
            "derived_advantage_of_honesty": derived,
            "printed_advantage_at_P2": at_q["printed"],
            "derived_advantage_at_P2": at_q["derived"],
            "P2": q,
            "most_supervision_in_any_printed_equilibrium": watched,
        },
    )


def income_difference(number: int, setting: Setting) -> Erratum:
    """§3.3 calls the host's gain E2−E1."""
    game = setting.ordinary
    more = game.with_(G=float(game.G) + 10)
    before, after = (float(g.expected().farmer) - float(g.expected().host) for g in (game, more))
    gain = float(game.H1) - float(game.H2)
    q, q_more = float(game.supervision), float(more.supervision)
    unchanged = Text(en="stays" if q == q_more else "becomes", zh="还是" if q == q_more else "变成")
    return Erratum(
        number=number,
        place=Text(en="§3.3", zh="§3.3"),
        printed=Text(
            en="The difference between the host's incomes from dishonesty and honesty is written E2−E1 and "
            "said to drive supervision.",
            zh="把主播不诚信与诚信的收益差写成 E2−E1，说它推动农户监督。",
        ),
        follows=Text(
            en="E1 and E2 are the host's and the farmer's expected payoffs (§2.4); in ordinary commerce "
            f"E2−E1 is {figure(round(before, 2))}. Give the host 10 more of fixed fee and it is "
            f"{figure(round(after, 2))}, while supervision {unchanged.en} {percent(q_more).en}. What (2) "
            f"contains is H1−H2 = {figure(gain)}.",
            zh=f"§2.4 里 E1、E2 是主播和农户各自的期望收益，普通电商下 E2−E1 是 {figure(round(before, 2))}。"
            f"给主播多 10 的固定收益，它变成 {figure(round(after, 2))}，监督{unchanged.zh} "
            f"{percent(q_more).zh}。式(2)里的是 H1−H2 = {figure(gain)}。",
        ),
        computed={
            "E2_minus_E1": before,
            "E2_minus_E1_with_10_more_fee": after,
            "supervision": q,
            "supervision_with_10_more_fee": q_more,
            "H1_minus_H2": gain,
        },
    )


def swapped_labels(number: int, setting: Setting) -> Erratum:
    """§2.4 announces each player's own probability and derives the other's."""
    game = setting.ordinary
    q, fine = float(game.supervision), float(game.F)
    effect = {
        form: float(game.expected(honesty=1.0, supervision=q, form=form).host)
        - float(game.expected(honesty=0.0, supervision=q, form=form).host)
        for form in ("printed", "derived")
    }
    return Erratum(
        number=number,
        place=Text(en="§2.4.1 and §2.4.2", zh="§2.4.1、§2.4.2"),
        printed=Text(
            en="Equation (2) is announced as the host's best probability of honesty and (4) as the farmer's "
            "of supervision; P1 is said not to enter E1.",
            zh="说式(2)是主播的最优诚信概率、式(4)是农户的最优监督概率；还说 P1 不影响 E1。",
        ),
        follows=Text(
            en="(2) gives P2, the supervision that makes the host indifferent, and (4) gives P1, the honesty "
            "that makes the farmer indifferent. By (1) as printed, P1 from 0 to 1 changes E1 by P2·F = "
            f"{figure(round(q * fine, 4))} at P2 = {figure(round(q, 4))}; only with the derived payoffs is it "
            f"{figure(round(effect['derived'], 9))} there.",
            zh="式(2)给的是 P2，即让主播两头一样的监督概率；式(4)给的是 P1，即让农户两头一样的诚信概率。"
            f"照印出来的式(1)，P2 = {figure(round(q, 4))} 时，P1 从 0 到 1，E1 变 P2·F = "
            f"{figure(round(q * fine, 4))}；用推得通的矩阵，才是 {figure(round(effect['derived'], 9))}。",
        ),
        computed={
            "P2": q,
            "printed_effect_on_E1": effect["printed"],
            "derived_effect_on_E1": effect["derived"],
        },
    )
