"""What a rehearsal under kills found: its own report, and beside it what fell, how soon all was well, what was seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldcast.rehearsal.kills.killer import KINDS, Fall
from fieldcast.rehearsal.report import Report, in_words

LONGEST_RECOVERY_S = 20.0
# figures of the invariants that count here, each zero or a rule is broken
FIGURES = ("stuck_jobs", "holds_overdue", "refunds_unsent", "payout_over_paid_in_fen")


@dataclass(frozen=True)
class Tried:
    """Tamperings with the tables: how many were tried, refused by the database, found by a check; and which by none."""

    tried: int
    refused: int
    found: int
    unseen: tuple[str, ...]


@dataclass(frozen=True)
class KillsReport:
    """A rehearsal's report under kills. `kills` and `hung` by kind of process, times in seconds."""

    report: Report
    falls: tuple[Fall, ...]
    invariants: Mapping[str, Any]
    tamperings: Tried
    minutes: float
    rounds: int
    earlier_failures: tuple[str, ...] = ()

    @property
    def kills(self) -> dict[str, int]:
        """How often a process of each kind was killed or hung."""
        return {kind: sum(fall.kind == kind for fall in self.falls) for kind in KINDS}

    @property
    def recovered_s(self) -> float | None:
        """The longest that pages, provider and jobs took to be well again; None when they once were not."""
        times = [fall.recovered_s for fall in self.falls]
        return (
            None if None in times or not times else round(max(time for time in times if time is not None), 1)
        )

    @property
    def failures(self) -> tuple[str, ...]:
        """In words, what did not hold."""
        found = [*self.report.failures, *self.earlier_failures]
        found += [f"no process of kind {kind} was killed" for kind, count in self.kills.items() if not count]
        found += [_too_long(fall) for fall in self.falls if _slow(fall)]
        found += [f"{name} is {self.invariants[name]}, not 0" for name in FIGURES if self.invariants[name]]
        found += [f"nobody saw this tampering: {name}" for name in self.tamperings.unseen]
        if not self.tamperings.tried:
            found.append("no tampering was tried")
        return tuple(found)

    def to_json(self) -> dict[str, Any]:
        """The rehearsal's own object with what this one adds."""
        unseen = self.tamperings.unseen
        return {
            **self.report.to_json(),
            "ok": not self.failures,
            "failures": list(self.failures),
            "minutes": self.minutes,
            "rounds": self.rounds,
            "kills": self.kills,
            "hung": dict(Counter(fall.kind for fall in self.falls if fall.hung)),
            "recovered_s": self.recovered_s,
            "recovered_by": {kind: _longest(self.falls, kind) for kind in KINDS},
            **{name: self.invariants[name] for name in FIGURES},
            "tamperings": {
                "tried": self.tamperings.tried,
                "refused": self.tamperings.refused,
                "found": self.tamperings.found,
                "unseen": len(unseen),
            },
            "tamperings_unseen": list(unseen),
        }


def kills_in_words(report: KillsReport) -> str:
    """The report for a person to read."""
    rows = [
        f"  {kind:<24} fell {report.kills[kind]} times, well again within {_longest(report.falls, kind)} s"
        for kind in KINDS
    ]
    tried = report.tamperings
    return "\n".join(
        [
            in_words(report.report),
            "",
            *rows,
            f"  standing still           {report.invariants['stuck_jobs']} jobs, "
            f"{report.invariants['holds_overdue']} holds, {report.invariants['refunds_unsent']} refunds",
            f"  paid out beyond paid in  {report.invariants['payout_over_paid_in_fen']} fen",
            f"  tamperings               {tried.tried} tried, {tried.refused} refused, {tried.found} found, "
            f"{len(tried.unseen)} unseen",
            "",
            "It got up again every time." if not report.failures else "The rehearsal under kills FAILED:",
            *(f"  - {failure}" for failure in report.failures),
        ]
    )


def _longest(falls: Sequence[Fall], kind: str) -> float | None:
    times = [fall.recovered_s for fall in falls if fall.kind == kind]
    return None if None in times or not times else round(max(time for time in times if time is not None), 1)


def _slow(fall: Fall) -> bool:
    return fall.recovered_s is None or fall.recovered_s > LONGEST_RECOVERY_S


def _too_long(fall: Fall) -> str:
    what = f"a {'hung' if fall.hung else 'killed'} {fall.kind}"
    if fall.recovered_s is None:
        return f"after {what} the platform was not well again within a minute"
    return f"after {what} the platform was well again only after {fall.recovered_s:.1f} s"
