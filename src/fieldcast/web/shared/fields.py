"""Fields for how people write money, parts of a whole and times; the form gives whole fen, basis points, seconds."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import NotYuan, Slip, parse_yuan, yuan
from fieldcast.kit.said import said

DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}
WHOLE = {"inputmode": "numeric", "autocomplete": "off"}
_SLIPS: Mapping[Slip | None, Sentence] = {
    None: _("Write an amount in yuan, such as 39.80."),
    Slip.COMMA: _("Write the decimal point as a dot: 6.95. A comma only parts thousands: 1,234.50."),
    Slip.DECIMALS: _("Fen are the smallest: write at most two digits after the point, such as 39.80."),
}


class WordsField(forms.CharField):
    """Words on one line, as others will see them: characters nobody sees are nothing, so alone they fill no field."""

    def to_python(self, value: Any) -> Any:
        """What is seen of what was typed."""
        text = super().to_python(value)
        return said(text) if isinstance(text, str) else text


class YuanField(forms.CharField):
    """An amount in yuan, such as 39.80, as whole fen from `least_fen` to `most_fen`."""

    def __init__(self, *, least_fen: int = 1, most_fen: int = 1_000_000_000, **kwargs: Any) -> None:
        self.least_fen, self.most_fen = least_fen, most_fen
        kwargs.setdefault("widget", forms.TextInput(attrs=DECIMAL))
        super().__init__(max_length=20, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Fen as they are typed; what was typed stays as it was."""
        return yuan(value).replace(",", "") if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Whole fen, or None for an empty field that may be empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            fen = parse_yuan(text)
        except NotYuan as error:
            raise ValidationError(str(_SLIPS[error.slip])) from None
        if not self.least_fen <= fen <= self.most_fen:
            places = {"least": yuan(self.least_fen), "most": yuan(self.most_fen)}
            raise ValidationError(gettext("Write an amount from ¥%(least)s to ¥%(most)s.") % places)
        return fen


class PercentField(forms.CharField):
    """A part of a whole in percent with at most two decimals, such as 35 or 2.5, as basis points."""

    def __init__(self, *, least_bp: int = 0, most_bp: int = 10_000, **kwargs: Any) -> None:
        self.least_bp, self.most_bp = least_bp, most_bp
        kwargs.setdefault("widget", forms.TextInput(attrs=DECIMAL))
        super().__init__(max_length=8, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Basis points as percent; what was typed stays as it was."""
        return f"{value / 100:g}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Basis points, or None for an empty field that may be empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            points = Decimal(str(text).strip().rstrip("%％")) * 100
        except InvalidOperation:
            points = Decimal("NaN")
        if not points.is_finite() or points != points.to_integral_value():
            raise ValidationError(_("Write a percentage such as 35 or 2.5."))
        if not self.least_bp <= points <= self.most_bp:
            places = {"least": f"{self.least_bp / 100:g}", "most": f"{self.most_bp / 100:g}"}
            raise ValidationError(gettext("Write a percentage from %(least)s to %(most)s.") % places)
        return int(points)


class WholeField(forms.IntegerField):
    """A whole number, typed on the number pad."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs=WHOLE))
        super().__init__(**kwargs)


class DayField(forms.DateField):
    """A day, chosen on the machine's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)


class TimeField(forms.DateTimeField):
    """A day and time in the county, chosen on the machine's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        kwargs.setdefault("widget", widget)
        super().__init__(**kwargs)
