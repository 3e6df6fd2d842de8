"""The answer of the laboratory: how honest, how closely watched, why, and what each side earns by it."""

from dataclasses import dataclass

from django.utils.translation import gettext

from fieldcast.science.games.supervision import Regime
from fieldcast.web.lab.sheets import floats, regime_of
from fieldcast.web.lab.state import BY_SLUG, State
from fieldcast.web.lab.words import TONES, amount, exact, say, share


@dataclass(frozen=True)
class Line:
    """One step of the working: what it is, and the figures."""

    title: str
    formula: str


@dataclass(frozen=True)
class Answer:
    """Both probabilities in words, the regime with its colour, the sentence that explains, and the working."""

    honesty: str
    supervision: str
    regime: Regime
    label: str
    tone: str
    sentence: str
    collected: str
    before: str
    working: tuple[Line, ...]

    @property
    def said(self) -> str:
        """The whole answer in one breath, for those who listen."""
        places = {"honesty": self.honesty, "supervision": self.supervision, "why": self.sentence}
        return gettext("Honesty %(honesty)s, supervision %(supervision)s. %(why)s") % places


def answer_of(state: State) -> Answer:
    """The equilibrium of a state in words."""
    game = state.game
    regime = regime_of(game)
    return Answer(
        honesty=share(float(game.honesty)),
        supervision=share(float(game.supervision)),
        regime=regime,
        label=say(regime.label),
        tone=TONES.get(regime, "persimmon"),
        sentence=say(game.sentence),
        collected=_collected(state),
        before=_before(state),
        working=_working(state),
    )


def _collected(state: State) -> str:
    if state.fine == state.values["F"]:
        return ""
    places = {"fine": exact(state.values["F"]), "real": exact(state.fine)}
    return (
        gettext("Of a fine of %(fine)s, %(real)s is collected on average, and that is what counts.") % places
    )


def _before(state: State) -> str:
    """Where the arrow of a policy begins, to hold the answer against."""
    if state.tail is None:
        return ""
    fine, cost = state.tail
    game = state.game.with_(F=fine, C=cost)
    places = {
        "start": BY_SLUG[state.start].title if isinstance(state.start, str) else gettext("Before"),
        "honesty": share(float(game.honesty)),
        "supervision": share(float(game.supervision)),
    }
    return gettext("%(start)s: honesty %(honesty)s, supervision %(supervision)s") % places


def _working(state: State) -> tuple[Line, ...]:
    """The comparisons that decide the regime, the two formulas where they hold, and the payoffs."""
    game, p = state.game, floats(state.game)
    margin, stake = p["H1"] - p["H2"], p["F"] + p["L"]
    lines = [
        Line(gettext("Does the fine deter?"), _compared("F", p["F"], "H₁−H₂", margin)),
        Line(gettext("Does supervising pay?"), _compared("C", p["C"], "F+L", stake)),
    ]
    if regime_of(game) in (Regime.MIXED, Regime.FREE_SUPERVISION):
        lines += [
            Line(
                gettext("Honesty, eq. (4)"),
                f"1 − C/(F+L) = 1 − {exact(p['C'])}/({exact(p['F'])}+{exact(p['L'])}) = {share(float(game.honesty))}",
            ),
            Line(
                gettext("Supervision, eq. (2)"),
                f"(H₁−H₂)/F = {exact(margin)}/{exact(p['F'])} = {share(float(game.supervision))}",
            ),
        ]
    expected = game.expected()
    lines += [
        Line(gettext("The host earns"), amount(float(expected.host))),
        Line(gettext("The farmer earns"), amount(float(expected.farmer))),
    ]
    return tuple(lines)


def _compared(left: str, first: float, right: str, second: float) -> str:
    sign = "=" if first == second else "<" if first < second else ">"
    return f"{left} = {exact(first)} {sign} {right} = {exact(second)}"
