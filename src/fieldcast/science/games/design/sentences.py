"""What a design says to the people who decide on it, in both languages."""

from dataclasses import asdict
from math import ceil, isfinite

from fieldcast.science.games.design.enforcement import Enforcement, Outcome
from fieldcast.science.games.design.instruments import Mix
from fieldcast.science.games.design.solve import Problem, Reach
from fieldcast.science.games.supervision.figures import figure, percent
from fieldcast.science.text import Text

ALONE = {
    "subsidy": Text(en="a subsidy on supervision of {}", zh="监督补贴 {}"),
    "penalty": Text(en="a penalty higher by {}", zh="罚金加 {}"),
    "deposit": Text(en="a deposit larger by {}", zh="押金加 {}"),
    "reporting": Text(en="reports of {} more of the cheats", zh="举报率加 {}"),
    "margin": Text(en="an honest margin better by {}", zh="诚信收益加 {}"),
}


def found(
    game: dict[str, float],
    enforcement: Enforcement,
    mix: Mix,
    *,
    cost: float,
    reached: Outcome,
    alone: dict[str, float | None],
    outright: float | None,
) -> Text:
    """The mix, what it costs, what it reaches, and what each instrument would do alone."""
    honesty, supervision = percent(reached.honesty), percent(reached.supervision)
    if not any(asdict(mix).values()):
        return Text(
            en=f"Nothing needs to be added: the host is honest {honesty.en} of the time and the farmer supervises "
            f"{supervision.en}.",
            zh=f"什么都不用加：主播诚信的机会已是 {honesty.zh}，农户监督的机会是 {supervision.zh}。",
        )
    steps = _steps(game, enforcement, mix)
    en = (
        f"Cheapest, at a cost of {_amount(cost)}: {'; and '.join(step.en for step in steps)}. The host is then honest "
        f"{honesty.en} of the time and the farmer supervises {supervision.en}."
    )
    zh = (
        f"最省的办法花 {_amount(cost)}：{'；'.join(step.zh for step in steps)}。"
        f"这样主播诚信的机会是 {honesty.zh}，农户监督的机会是 {supervision.zh}。"
    )
    parts = [Text(en=en, zh=zh), *_alone(alone)]
    if outright is not None and outright < cost:
        gain = _amount(game["H1"] - game["H2"])
        parts.append(
            Text(
                en=f"Cheaper still, at {_amount(outright)}: pay an honest host the whole {gain} that cheating saves; "
                "then nobody needs to supervise.",
                zh=f"还有更省的，花 {_amount(outright)}：把不诚信能省的 {gain} 全补给诚信的主播，就不用监督了。",
            )
        )
    return Text(en=" ".join(part.en for part in parts), zh="".join(part.zh for part in parts))


def out_of_reach(problem: Problem, reach: Reach) -> Text:
    """Why no mix within the limits will do, and how far they reach."""
    if reach.supervision >= 1:
        gain = _amount(problem.gain - problem.limit["margin"])
        return Text(
            en=f"No mix within the limits deters: at most {_amount(reach.collected)} can be collected from a cheat, "
            f"who saves {gain}. Allow a higher penalty, a larger deposit or a better honest margin.",
            zh=f"在限度内怎么搭配都罚不住：作假能省 {gain}，最多只罚得到 {_amount(reach.collected)}。"
            "要放宽罚金、押金或诚信收益的限度。",
        )
    least, wanted = percent(reach.supervision), percent(problem.supervision)
    if reach.supervision > problem.supervision:
        return Text(
            en=f"No mix within the limits gets by with so little supervision: it takes at least {least.en}, "
            f"and {wanted.en} is wanted.",
            zh=f"在限度内怎么搭配都要更多监督：监督的机会至少要 {least.zh}，而目标是不超过 {wanted.zh}。",
        )
    if reach.honesty == problem.honesty == 1:
        return Text(
            en="Honesty comes as close to 100% as one likes, but no mix within the limits reaches it: only free "
            "supervision or reports that deter by themselves would.",
            zh="主播诚信的机会可以任意接近 100%，但在限度内到不了：除非监督不花钱，或光靠举报就罚得住。",
        )
    most, target = percent(reach.honesty), percent(problem.honesty)
    return Text(
        en=f"No mix within the limits reaches an honesty of {target.en}: the most is {most.en}.",
        zh=f"在限度内怎么搭配，主播诚信的机会都到不了 {target.zh}：最高 {most.zh}。",
    )


def _steps(game: dict[str, float], enforcement: Enforcement, mix: Mix) -> list[Text]:
    gain = game["H1"] - game["H2"] - mix.margin
    said = {
        "subsidy": (
            f"subsidise supervision by {_amount(mix.subsidy)}, so that it costs {_left(game['C'] - mix.subsidy)}",
            f"给监督补贴 {_amount(mix.subsidy)}，让监督只花 {_left(game['C'] - mix.subsidy)}",
        ),
        "penalty": (
            f"raise the penalty by {_amount(mix.penalty)} to {_amount(game['F'] + mix.penalty)}",
            f"罚金加 {_amount(mix.penalty)}，提到 {_amount(game['F'] + mix.penalty)}",
        ),
        "deposit": (
            f"raise the deposit by {_amount(mix.deposit)} to {_amount(enforcement.deposit + mix.deposit)}",
            f"押金加 {_amount(mix.deposit)}，收到 {_amount(enforcement.deposit + mix.deposit)}",
        ),
        "reporting": (
            f"reward reports until {percent(enforcement.reporting + mix.reporting).en} of cheats are reported",
            f"用奖励让 {percent(enforcement.reporting + mix.reporting).zh} 的作假有人举报",
        ),
        "margin": (
            f"better the honest margin by {_amount(mix.margin)}, so that cheating saves only {_left(gain)}",
            f"诚信收益加 {_amount(mix.margin)}，让作假只能省 {_left(gain)}",
        ),
    }
    return [Text(*said[name]) for name, amount in asdict(mix).items() if amount > 0]


def _alone(alone: dict[str, float | None]) -> list[Text]:
    if len(alone) < 2:
        return []
    en, zh = [], []
    for name, amount in alone.items():
        if amount is not None:
            added = percent(amount) if name == "reporting" else Text(*[_amount(amount)] * 2)
            en.append(ALONE[name].en.format(added.en))
            zh.append(ALONE[name].zh.format(added.zh))
    if not en:
        return [Text(en="None of them would do alone.", zh="单用哪一样都不够。")]
    return [Text(en=f"Alone it would take: {', or '.join(en)}.", zh=f"单用一样的话：{'，或'.join(zh)}。")]


def _amount(value: float) -> str:
    """Rounded up to four decimals: rounded down it might no longer do."""
    return figure(ceil(value * 1e4 - 1e-4) / 1e4) if isfinite(value) else "∞"


def _left(value: float) -> str:
    return figure(max(round(value, 4), 0.0))
