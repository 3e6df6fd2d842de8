"""The form of one clause: what each kind asks for, in percent, yuan and names, and the row of terms it comes to."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed import drafting
from fieldcast.agreements.composed.drafting import Row
from fieldcast.agreements.composed.line.borne import CAP_LEAST_BP, CAP_MOST_BP
from fieldcast.agreements.composed.period.base_pay import MOST_SESSIONS
from fieldcast.agreements.composed.period.dividend import MEMBERS_LEAST_BP
from fieldcast.agreements.composed.promise.recovery import MOST_BP
from fieldcast.agreements.composed.promise.validity import MOST_NOTICE_DAYS
from fieldcast.agreements.problems import TermMissing, TermsRefused, TermUnknown
from fieldcast.agreements.usual import about
from fieldcast.kit.errors import Sentence
from fieldcast.web.coop.forms.asked import (
    Asked,
    Day,
    Flag,
    Known,
    Of,
    Part,
    PerDay,
    Pool,
    Role,
    Source,
    Whole,
    Words,
    Yuan,
)
from fieldcast.web.coop.forms.asked_rows import GradePrices, Prices, Steps, Tiers, Weights

TO: Final = _("Who gets it")
FROM: Final = _("Who pays it")
PART: Final = _("Part of sales")
ASKED: Final[Mapping[str, tuple[Asked, ...]]] = {
    "share_of_sales": (Role("to", TO, pools=True), Part("rate_bp", PART)),
    "per_pack": (
        Role("to", TO, pools=True),
        Yuan("fen", _("For each box"), least=0),
        Flag("kept_only", _("Less where the money goes back")),
    ),
    "guarantee": (Role("to", TO), Prices("price_fen", _("Price of a unit"))),
    "borne": (
        Role("from", _("Who bears it")),
        Of("of", _("Of which clause")),
        Part("rate_bp", PART, most=CAP_MOST_BP),
        Part("cap_bp", _("Never more than"), least=CAP_LEAST_BP, most=CAP_MOST_BP),
    ),
    "rebate": (Role("to", TO), Part("rate_bp", _("Part of what is left"))),
    "split": (Weights("weights", _("Parts")),),
    "rest": (Role("to", TO, help_text=_("Who gets what is left also covers what is missing.")),),
    "base_pay": (
        Role("from", FROM),
        Role("to", TO),
        Yuan("fen", _("For the month"), least=0),
        Whole("agreed_sessions", _("Sessions agreed"), least=1, most=MOST_SESSIONS),
    ),
    "tiered_bonus": (Role("from", FROM), Role("to", TO), Tiers("tiers", _("Tiers"))),
    "points": (Pool("pool", _("Pool")), Role("unclaimed", _("Who gets it without any points"))),
    "dividend": (
        Source("pool", _("Of what")),
        Part("performance_bp", _("By what was delivered"), help_text=_("The rest is shared by shares.")),
    ),
    "unsold": (GradePrices("price_fen", _("Price of a unit")), Weights("bearers", _("Who bears it"))),
    "shortfall": (
        Role("to", TO),
        Whole("quantity", _("To be delivered in the month"), least=1),
        Part("tolerance_bp", _("Less is allowed up to")),
        Yuan("fen_per_unit", _("For each unit that is missing"), least=0),
        Yuan("cap_fen", _("At most in all"), least=0),
    ),
    "late_interest": (Role("from", FROM), Role("to", TO), PerDay("ppm_per_day", _("Percent a day"))),
    "bond": (
        Role("from", _("Who leaves it"), parties=True),
        Yuan("fen", _("Sum")),
        Part("payout_bp", _("Kept of each payout")),
    ),
    "penalty": (
        Role("from", FROM, parties=True),
        Role("to", TO, parties=True),
        Yuan("fen", _("At most")),
        Words("breach", _("What is not to happen")),
        Yuan(
            "gain_fen",
            _("What it would bring"),
            help_text=_(
                "With it everybody reads whether it deters; whoever it hurts must accept one that does not."
            ),
            needed=False,
        ),
        Part(
            "detection_bp",
            _("How many are found"),
            help_text=_("Left empty, it is judged as if all were found."),
            needed=False,
        ),
    ),
    "recovery": (Part("household_bp", _("Kept of each payout"), most=MOST_BP),),
    "fast_payout": (Part("least_bp", _("Kept at least")), Part("most_bp", _("Kept at most"))),
    "damage": (Steps("steps", _("Steps")),),
    "validity": (
        Day("from", _("First day")),
        Day("until", _("Last day")),
        Flag("renews", _("Goes on by itself")),
        Whole("notice_days", _("Days of notice"), most=MOST_NOTICE_DAYS),
    ),
}
INITIAL: Final[Mapping[str, Mapping[str, Any]]] = {
    "borne": {"from": "farmer", "rate_bp": 300, "cap_bp": CAP_MOST_BP},
    "guarantee": {"to": "farmer"},
    "rebate": {"to": "farmer", "rate_bp": 3500},
    "rest": {"to": "cooperative"},
    "dividend": {"payout_bp": 6000, "performance_bp": MEMBERS_LEAST_BP},
    "late_interest": {"from": "platform", "to": "farmer", "ppm_per_day": 500},
    "recovery": {"household_bp": MOST_BP},
    "validity": {"notice_days": 30},
}


class ClauseForm(forms.Form):
    """One clause of a kind, beginning with a `row` where there is one."""

    def __init__(self, data: Any = None, *, kind: str, number: int, row: Row | None, known: Known) -> None:
        super().__init__(data)
        self.kind, self.number, self.known = kind, number, known
        self.title: Sentence = drafting.KINDS[drafting.list_of(kind)][kind][0]
        begins = row if row is not None else INITIAL.get(kind, {})
        for asked in ASKED[kind]:
            self.fields.update(asked.fields(begins, known))
            self._say_what_is_usual(asked, begins)

    def clean(self) -> dict[str, Any]:
        """What a field alone cannot know, in the words in which the clause itself refuses it."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        for asked in ASKED[self.kind]:
            if wrong := asked.wrong(self.row):
                self.add_error(None, str(wrong))
                return cleaned
        try:
            drafting.said_alone(self.row, self.number)
        except (TermsRefused, TermMissing, TermUnknown) as refused:
            term = str(refused.facts.get("term", "")).partition(".")[0]
            self.add_error(term if term in self.fields else None, str(refused))
        return cleaned

    def _say_what_is_usual(self, asked: Asked, row: Row) -> None:
        """Beside its box, what the county's agreements say."""
        found = self.known.usual.get((self.kind, about(row), asked.name))
        if found is None:
            return
        values = dict.fromkeys((asked.shown(found.least), asked.shown(found.most)))
        places = {"values": "–".join(values), "n": found.agreements}
        usual = _("Usual in the county: %(values)s (agreements: %(n)s).") % places
        box = self.fields[asked.name]
        box.help_text = format_lazy("{} {}", box.help_text, usual) if box.help_text else usual

    @property
    def row(self) -> dict[str, Any]:
        """The clause as terms hold it, when the form is valid."""
        found: dict[str, Any] = {"kind": self.kind}
        for asked in ASKED[self.kind]:
            found |= asked.value(self.cleaned_data, self.known)
        return found

    @property
    def parts(self) -> list[tuple[Sentence, Sequence[Sequence[BoundField]]]]:
        """Rows of boxes by what they are about; a single box stands alone under no heading."""
        found: list[tuple[Sentence, Sequence[Sequence[BoundField]]]] = []
        for asked in ASKED[self.kind]:
            rows = [[self[name] for name in row] for row in asked.rows(self.known)]
            found.append((asked.label if asked.several else "", rows))
        return found
