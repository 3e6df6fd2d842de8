"""Who plays what: decided from the seed alone, before anything begins."""

import random
from dataclasses import dataclass
from enum import StrEnum

PER_BUYER_LIMIT = 2
DEFAULT_TALK = ("好吃", "几天能到？", "刚下单", "能寄哈尔滨吗", "坏果怎么赔？", "回购第三次了")
TALK_SHARE = 0.4
EARLY_SECONDS = 0.1
RUSH_SECONDS = 0.3


class Part(StrEnum):
    """What a buyer does before behaving like everyone else."""

    PLAIN = "plain"
    ABANDON = "abandon"  # orders and never pays: the hold must expire
    CANCEL = "cancel"  # orders and cancels
    FAIL_FIRST = "fail_first"  # the first try to pay fails
    TWICE = "twice"  # sends the same order twice at the same instant
    GREEDY = "greedy"  # asks for more than the limit
    STALE_PRICE = "stale_price"  # was shown another price


PART_SHARES: dict[Part, float] = {
    Part.ABANDON: 0.08,
    Part.CANCEL: 0.05,
    Part.FAIL_FIRST: 0.08,
    Part.TWICE: 0.1,
    Part.GREEDY: 0.05,
    Part.STALE_PRICE: 0.05,
}


@dataclass(frozen=True)
class Role:
    """One buyer's part. `wait` seconds pass before the first try; `line` is said in the room, "" for nothing."""

    part: Part
    wait: float
    line: str


@dataclass(frozen=True)
class Script:
    """The whole rehearsal: everyone's part, how many orders are refunded before and after shipment."""

    roles: tuple[Role, ...]
    refunds_before: int
    refunds_after: int


def write_script(
    *,
    buyers: int,
    packs: int,
    seed: int,
    comments: list[str] | None = None,
    rush_seconds: float = RUSH_SECONDS,
) -> Script:
    """Cast `buyers` roles for `packs`, who all come within `rush_seconds`.

    The same arguments give the same script.
    """
    rng = random.Random(seed)  # noqa: S311 — a rehearsal must be repeatable
    talk = comments or list(DEFAULT_TALK)
    # Every trick is played at least once: one buyer of each part comes before the crowd.
    early = (
        [Role(part=part, wait=0.0, line="") for part in PART_SHARES] if buyers > 2 * len(PART_SHARES) else []
    )
    crowd = [_role(rng, talk, rush_seconds) for _ in range(buyers - len(early))]
    return Script(
        roles=(*early, *crowd),
        refunds_before=min(5, packs // 20) if buyers > packs else 0,
        refunds_after=1,
    )


def _role(rng: random.Random, talk: list[str], rush_seconds: float) -> Role:
    part = Part.PLAIN
    chance = rng.random()
    for rare, share in PART_SHARES.items():
        if chance < share:
            part = rare
            break
        chance -= share
    line = rng.choice(talk)[:200] if rng.random() < TALK_SHARE else ""
    return Role(part=part, wait=EARLY_SECONDS + rng.random() * rush_seconds, line=line)
