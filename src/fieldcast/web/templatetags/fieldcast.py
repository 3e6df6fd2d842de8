"""The tags and filters every template has without loading them. They translate values into words and markup, decide
nothing, and read nothing but their arguments, the clock (for times) and the request (for query strings)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fieldcast.kit import money
from fieldcast.web.templatetags import shapes, words

register = template.Library()


# --- money and quantities --------------------------------------------------------------------------------------------
@register.filter
def yuan(amount_fen: int | None) -> str:
    """Fen as `¥39.80`; missing stays missing."""
    if amount_fen is None:
        return words.MISSING
    return f"−¥{money.yuan(-amount_fen)}" if amount_fen < 0 else f"¥{money.yuan(amount_fen)}"


@register.filter
def signed_yuan(amount_fen: int | None) -> str:
    """Fen with its sign, as statement lines show them: `＋93.10`, `－139.30`, `0.00`."""
    if amount_fen is None:
        return words.MISSING
    sign = "＋" if amount_fen > 0 else "－" if amount_fen < 0 else ""
    return f"{sign}{money.yuan(abs(amount_fen))}"


@register.simple_tag
def per_unit(amount_fen: int, quantity: float, unit: str) -> str:
    """The price of one unit inside a package: 3980 fen for 5 jin is `¥7.96/斤` (rounded to the fen)."""
    if quantity <= 0:
        return words.MISSING
    return f"{yuan(round(amount_fen / quantity))}/{words.unit_name(unit, 1)}"


@register.filter
def quantity(amount: Any, unit: str = "") -> str:
    """A number with its unit: `5 斤`, `1,240 枚`; whole numbers without decimals; missing stays missing."""
    if amount is None:
        return words.MISSING
    text = f"{int(amount):,}" if amount == int(amount) else f"{float(amount):,.2f}".rstrip("0").rstrip(".")
    return f"{text} {words.unit_name(unit, float(amount))}".strip()


@register.filter
def unit_name(code: str) -> str:
    """The name of a unit: `jin` is 斤."""
    return words.unit_name(code)


@register.filter
def grade_name(grade: str) -> str:
    """A grade as its reader calls it: 一级 is First grade."""
    return words.grade_name(grade)


@register.filter
def percent_bp(basis_points: int | None) -> str:
    """Basis points as a percentage: 4610 is `46.1%`, 3500 is `35%`."""
    if basis_points is None:
        return words.MISSING
    return f"{basis_points / 100:.2f}".rstrip("0").rstrip(".") + "%"


@register.filter
def short_count(number: int | None) -> str:
    """A crowd as people say it: 1,284; 3.2 万 (32k in English)."""
    if number is None:
        return words.MISSING
    if number < 10_000:
        return f"{number:,}"
    if words.chinese():
        return f"{number / 10_000:.1f}".removesuffix(".0") + " 万"
    return f"{number / 1000:.1f}".removesuffix(".0") + "k"


# --- times, names, states --------------------------------------------------------------------------------------------
@register.filter
def when(moment: datetime | date | None) -> str:
    """A time as people say it: 刚刚, 3 分钟前, 今天 19:30, 11月22日."""
    return words.when(moment, now=timezone.now())


@register.simple_tag
def moment(value: datetime | None) -> SafeString | str:
    """`when` inside a `<time>`: the whole time on hover, kept fresh on the page while it is less than an hour away."""
    if value is None:
        return words.MISSING
    said = words.when(value, now=timezone.now())
    return format_html(
        '<time datetime="{}" title="{}" data-when>{}</time>', value.isoformat(), words.full_time(value), said
    )


@register.simple_tag
def countdown(until: datetime, reload: bool = False) -> SafeString:
    """Minutes and seconds left until `until`, counting down on the page; `reload=True` loads the page anew at zero."""
    left = max(0, int((until - timezone.now()).total_seconds()))
    return format_html(
        '<time class="num" datetime="{0}" data-until="{0}"{1}>{2}</time>',
        until.isoformat(),
        SafeString(" data-reload") if reload else "",
        f"{left // 60:02d}:{left % 60:02d}",
    )


@register.filter
def clock(value: datetime | None) -> str:
    """The local time of day, `19:30`."""
    return words.MISSING if value is None else f"{timezone.localtime(value):%H:%M}"


@register.filter
def full_time(value: datetime | None) -> str:
    """The whole local time, `2026-11-22 19:30`, for printed pages."""
    return words.MISSING if value is None else words.full_time(value)


@register.filter
def local_name(thing: Any, field: str = "name") -> str:
    """A thing's name in the reader's language: `name`, or `name_en` where English is read and one is given.

    Takes an object or a mapping; another field by its stem: `{{ session|local_name:"title" }}`.
    """
    wanted = [field] if words.chinese() else [f"{field}_en", field]
    for key in wanted:
        value = thing.get(key) if isinstance(thing, dict) else getattr(thing, key, None)
        if value:
            return str(value)
    return ""


@register.filter
def initial(name: str | None) -> str:
    """The letter on a face: a Chinese given name's last character (兰 of 王秀兰), else the first letter."""
    text = (name or "").strip()
    if not text:
        return "·"
    return text[-1] if text[-1] > "\u2e80" else text[0].upper()


@register.filter
def masked_phone(number: str | None) -> str:
    """`138****5678`."""
    return words.masked_phone(number)


@register.inclusion_tag("components/chip.html")
def state_chip(state: Any) -> dict[str, str]:
    """The chip of an order's, session's, payment's or statement's state: label and colour."""
    label, tone = words.state_words(state)
    return {"label": label, "tone": tone}


@register.filter
def state_label(state: Any) -> str:
    """The words of a state alone."""
    return words.state_words(state)[0]


# --- pictures --------------------------------------------------------------------------------------------------------
@register.filter
def picture(key: str | None) -> str:
    """The address of a drawn picture: `peach` is `/media/pictures/peach.svg`. A path with a suffix is kept."""
    if not key:
        return static("fieldcast/icons/mark.svg")
    name = key if "." in key.rsplit("/", 1)[-1] else f"pictures/{key}.svg"
    return f"{settings.MEDIA_URL}{name}"


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """A line icon from `icons.svg`. Without `label` it is hidden from readers: the words beside it speak."""
    spoken = format_html(' role="img" aria-label="{}"', label) if label else SafeString(' aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24"{}><use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        spoken,
        static("fieldcast/icons/icons.svg"),
        name,
    )


@register.inclusion_tag("components/flow.html")
def money_flow(parts: Sequence[tuple[Any, int]], title: str = "") -> dict[str, Any]:
    """Where a sum went, drawn: `parts` is a sequence of (label, fen). Read aloud as a list."""
    return {"flow": shapes.flow([(str(label), fen) for label, fen in parts]), "title": title}


@register.inclusion_tag("components/spark.html")
def sparkline(values: Sequence[float | None], label: str) -> dict[str, Any]:
    """A line without axes; `label` says in words what it shows."""
    return {"lines": shapes.spark(values), "label": label}


# --- forms and addresses ---------------------------------------------------------------------------------------------
@register.filter
def control(field: BoundField) -> SafeString:
    """A form field's widget with our classes; the component `field.html` puts label, help and errors around it."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | CheckboxSelectMultiple | RadioSelect):
        return field.as_widget()
    css = "form-select" if isinstance(widget, Select) else "form-control"
    attrs: dict[str, Any] = {"class": f"{widget.attrs.get('class', '')} {css}".strip()}
    if str(widget.attrs.get("placeholder", "")) == str(field.label):
        attrs["placeholder"] = False  # the label says it already
    return field.as_widget(attrs=attrs)


@register.filter
def widget_kind(field: BoundField) -> str:
    """`check`, `choices` or `box`: which arrangement the component `field.html` uses."""
    widget = field.field.widget
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, CheckboxInput) else "box"


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """This page's query string with `changes` applied (`None` removes): `<a href="{% query page=2 %}">`."""
    asked = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None or value == "":
            asked.pop(key, None)
        else:
            asked[key] = str(value)
    return f"?{asked.urlencode()}"
