"""Forms of a parcel's steps. Each carries the time it was pressed: a phone without a signal sends it later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import Sentence
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.types import CarryingState, Hindrance, ParcelView, To
from fieldcast.web.shared.carried import HINDRANCES, TO
from fieldcast.web.shared.fields import WholeField, WordsField

LONGEST = 200
ON_THE_WAY = frozenset({CarryingState.ON_THE_WAY})
IN_HAND = ON_THE_WAY | {CarryingState.UNDELIVERED}


class WhereField(WordsField):
    """To whom it was given: needed, unless that was the door."""

    needed = True


class StepForm(forms.Form):
    """A step. `begins` are the states it begins from, `after_fetching`: it is also offered once it is fetched here."""

    title: ClassVar[Sentence]
    button: ClassVar[Sentence]
    done: ClassVar[Sentence]
    begins: ClassVar[frozenset[CarryingState]]
    main: ClassVar[bool] = False
    refusals: ClassVar[Mapping[str, str]] = {"parcel_words_missing": "words"}
    at = forms.CharField(
        required=False, max_length=40, widget=forms.HiddenInput(attrs={"data-now": "", "id": None})
    )

    def clean_at(self) -> datetime | None:
        """The time of the phone; None where it said none that can be read, and then it is now."""
        try:
            found = parse_datetime(self.cleaned_data["at"])
        except ValueError:
            return None
        return found if found is not None and timezone.is_aware(found) else None

    def take(self, *, by: SignedIn, order_id: int, now: datetime) -> None:
        """Do it. Raises what the operation does."""
        raise NotImplementedError


class FetchForm(StepForm):
    """Taken over from the cooperative."""

    title, button, done = _("Fetch it"), _("Fetched"), _("It is with you now.")
    begins, main = frozenset({CarryingState.TO_FETCH}), True
    refusals: ClassVar[Mapping[str, str]] = {
        **StepForm.refusals,
        "boxes_differ": "boxes",
        "bad_tracking": "tracking",
        "tracking_taken": "tracking",
    }
    boxes = WholeField(label=_("Boxes taken over"), min_value=0, max_value=9999, required=False)
    words = WordsField(label=_("Is one missing or damaged?"), max_length=LONGEST, required=False)
    tracking = WordsField(
        label=_("Your own parcel number"),
        max_length=40,
        required=False,
        help_text=_("Empty: the order number on the label."),
    )

    def take(self, *, by: SignedIn, order_id: int, now: datetime) -> None:
        """Take the parcel over."""
        data = self.cleaned_data
        trade_operations.fetch(
            by=by,
            order_id=order_id,
            boxes=data["boxes"],
            words=data["words"],
            tracking_number=data["tracking"],
            at=data["at"],
            now=now,
        )


class DeliverForm(StepForm):
    """Handed over."""

    title, button, done = _("Deliver it"), _("Delivered"), _("It is delivered; the buyer was told.")
    begins, main = IN_HAND, True
    to = forms.TypedChoiceField(
        label=_("To whom"),
        coerce=To,
        choices=[(one.value, words) for one, words in TO.items()],
        initial=To.DOOR.value,
        widget=forms.RadioSelect,
    )
    words = WhereField(
        label=_("The neighbour's name, or the collection point"),
        max_length=LONGEST,
        required=False,
        help_text=_("Not needed at the door."),
    )

    def take(self, *, by: SignedIn, order_id: int, now: datetime) -> None:
        """Say that it is delivered."""
        data = self.cleaned_data
        trade_operations.deliver(
            by=by, order_id=order_id, to=data["to"], words=data["words"], at=data["at"], now=now
        )


class UndeliveredForm(StepForm):
    """It did not work."""

    title, button = _("It could not be delivered"), _("Not delivered")
    done = _("It is written down. The cooperative says what next.")
    begins = ON_THE_WAY
    why = forms.TypedChoiceField(
        label=_("Why"),
        coerce=Hindrance,
        choices=[(one.value, words) for one, words in HINDRANCES.items()],
        widget=forms.RadioSelect,
    )
    words = WordsField(label=_("What is to say about it"), max_length=LONGEST, required=False)

    def take(self, *, by: SignedIn, order_id: int, now: datetime) -> None:
        """Say that it could not be delivered."""
        data = self.cleaned_data
        trade_operations.not_delivered(
            by=by, order_id=order_id, why=data["why"], words=data["words"], at=data["at"], now=now
        )


class PassForm(StepForm):
    """Where it is now."""

    title, button, done = _("Say where it is"), _("On the way"), _("It is written down.")
    begins = ON_THE_WAY
    words = WordsField(label=_("Place"), max_length=LONGEST, required=False)

    def take(self, *, by: SignedIn, order_id: int, now: datetime) -> None:
        """Say where it is."""
        data = self.cleaned_data
        trade_operations.pass_on(by=by, order_id=order_id, place=data["words"], at=data["at"], now=now)


class BackForm(StepForm):
    """Back where it came from."""

    title, button, done = _("Bring it back"), _("Brought back"), _("It is back at the cooperative.")
    begins, main = frozenset({CarryingState.GOES_BACK}), True

    def take(self, *, by: SignedIn, order_id: int, now: datetime) -> None:
        """Say that it was brought back."""
        trade_operations.bring_back(by=by, order_id=order_id, at=self.cleaned_data["at"], now=now)


FORMS: Mapping[str, type[StepForm]] = {
    "fetch": FetchForm,
    "deliver": DeliverForm,
    "undelivered": UndeliveredForm,
    "pass": PassForm,
    "back": BackForm,
}
TOGETHER: Mapping[str, type[StepForm]] = {"fetch": FetchForm, "deliver": DeliverForm}


def forms_of(parcel: ParcelView, sent: StepForm | None = None) -> dict[str, Any]:
    """Every step's form for a parcel; `sent` stands with what was typed and what is wrong."""
    made: dict[str, Any] = {}
    for name, kind in FORMS.items():
        typed = isinstance(sent, kind)
        made[name] = sent if typed else kind(initial={"boxes": parcel.boxes}, auto_id=f"{name}-%s")
    return made
