"""The tags and filters every template has without loading them. They translate values into words and markup, decide
nothing, and read nothing but their arguments, the clock (for times) and the request (for query strings)."""

from collections.abc import Sequence
from datetime import date, datetime
from math import inf
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from fieldcast.web.shared import shapes, words
from fieldcast.web.shared.table import Cell

register = template.Library()
# characters that fit beside each other in a card of which two stand on a phone
FIGURE_SIZES: tuple[tuple[float, str], ...] = ((9, "num-xl"), (12, "num-l"), (14, "num-m"), (inf, "num-s"))

# said by the pages' own code in the same way
yuan = register.filter(words.yuan)
signed_yuan = register.filter(words.signed_yuan)
quantity = register.filter(words.quantity)
percent_bp = register.filter(words.percent_bp)
short_count = register.filter(words.short_count)
local_name = register.filter(words.local_name)
goods_name = register.filter(words.goods_name)
unit_name = register.filter(words.unit_name)
grade_name = register.filter(words.grade_name)
province_name = register.filter(words.province_name)
full_time = register.filter(words.full_time)
masked_phone = register.filter(words.masked_phone)


# --- money and quantities --------------------------------------------------------------------------------------------
@register.simple_tag
def per_unit(amount_fen: int, quantity: float, unit: str) -> str:
    """The price of one unit inside a package: 3980 fen for 5 jin is `¥7.96/斤` (rounded to the fen)."""
    if quantity <= 0:
        return words.MISSING
    return f"{words.yuan(round(amount_fen / quantity))}/{words.unit_name(unit, 1)}"


@register.filter
def figure_size(value: Any) -> str:
    """The class of a large figure: the longer it is the smaller, since a number is never broken in two."""
    length = len(str(value if value is not None else words.MISSING))
    return next(name for most, name in FIGURE_SIZES if length <= most)


# --- times, names, states --------------------------------------------------------------------------------------------
@register.filter
def when(moment: datetime | date | None) -> str:
    """A time as people say it: 刚刚, 3 分钟前, 今天 19:30, 11月22日."""
    return words.when(moment, now=timezone.now())


@register.filter
def begins(moment: datetime) -> str:
    """When a planned session begins, or was to: 今天 19:30, 原定今天 19:30."""
    return words.begins(moment, now=timezone.now())


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
def initial(name: str | None) -> str:
    """The letter on a face: a Chinese given name's last character (兰 of 王秀兰), else the first letter."""
    text = (name or "").strip()
    if not text:
        return "·"
    return text[-1] if text[-1] > "\u2e80" else text[0].upper()


@register.inclusion_tag("components/chip.html")
def state_chip(state: Any) -> dict[str, str]:
    """The chip of an order's, session's, payment's or statement's state: label and colour."""
    label, tone = words.state_words(state)
    return {"label": label, "tone": tone}


@register.filter
def state_label(state: Any) -> str:
    """The words of a state alone."""
    return words.state_words(state)[0]


@register.simple_tag
def table_cell(cell: Cell) -> SafeString | str:
    """What stands in a cell of the component `table.html`."""
    if cell.state is not None:
        return SafeString(render_to_string("components/chip.html", state_chip(cell.state)).strip())
    if cell.lines:
        lines = format_html_join(SafeString("<br>"), "{}", ((line,) for line in cell.lines))
        return format_html("<span>{}</span>", lines)
    if cell.href:
        css = SafeString(' class="code"') if cell.code else ""
        return format_html('<a{} href="{}">{}</a>', css, cell.href, cell.text)
    return format_html('<span class="code">{}</span>', cell.text) if cell.code else cell.text


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


@register.filter
def may_stay_empty(field: BoundField) -> bool:
    """Is the reader told that a box is not required? Not of one that is asked for later all the same."""
    return not field.field.required and not getattr(field.field, "needed", False)


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
