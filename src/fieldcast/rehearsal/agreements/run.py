"""A rehearsal of agreements from beginning to end, on the database that the environment names."""

import random
from datetime import datetime
from time import perf_counter
from typing import Any

from django.utils import timezone

from fieldcast.rehearsal.agreements import killing
from fieldcast.rehearsal.agreements.play import MONTHS, play
from fieldcast.rehearsal.agreements.report import make_report
from fieldcast.rehearsal.agreements.scene import month_before, set_stage
from fieldcast.supervision import queries as supervision


def rehearse_agreements(*, buyers: int, packs: int, seed: int) -> dict[str, Any]:
    """Play two months and judge them; the report as plain values."""
    started, now = perf_counter(), timezone.now()
    began = [month_before(now, months) for months in range(MONTHS + 1, 1, -1)]  # both are over and settled
    stage = set_stage(buyers=buyers, opened=began[0])
    rng = random.Random(seed)  # noqa: S311 — a rehearsal must be repeatable

    def settle(moment: datetime) -> int:
        return killing.settle_under_kills(moment, rng=rng)

    played = play(stage, packs=packs, seed=seed, began=began, settle=settle)
    rules = supervision.invariants(now=timezone.now())
    return make_report(
        played,
        buyers=buyers,
        packs=packs * len(played.sessions),
        seed=seed,
        rules=rules,
        seconds=perf_counter() - started,
    )
