"""Money that people write is read in one way, in every form, import and endpoint: `6,95` is never 695."""

import copy
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

import fieldcast.web
from fieldcast.agreements import waterfalls
from fieldcast.agreements.clauses.term import Unit
from fieldcast.catalog import queries as catalog
from fieldcast.outside.values import BadValue, read_amount
from fieldcast.web.coop.forms.agreements import fields_of
from fieldcast.web.sessions.sums import _fen
from fieldcast.web.shared.fields import YuanField
from tests.api.document import document
from tests.factories.accounts import make_county
from tests.factories.catalog import make_product

SRC = Path(fieldcast.web.__file__).parents[1]
MONEY = re.compile(r"price|amount|fee|fen|yuan|limit$|deposit|sum$")
NOT_MONEY = {"per_buyer_limit"}  # packs
READERS = {
    "kit/money.py",
    "web/shared/fields.py",
    "web/sessions/sums.py",
    "outside/values.py",
    "settlement/banks/ways/file.py",
}


def every_form() -> Iterator[type[forms.Form]]:
    """Every form of the pages, whoever declares it."""
    for module in pkgutil.walk_packages(fieldcast.web.__path__, "fieldcast.web."):
        importlib.import_module(module.name)
    waiting: list[type[forms.Form]] = [forms.Form]
    while waiting:
        found = waiting.pop().__subclasses__()
        waiting += found
        yield from (one for one in found if one.__module__.startswith("fieldcast.web"))


def money_fields() -> dict[str, forms.Field]:
    """Every field that asks for money, by form and name; those of agreements are made from their terms."""
    found = {
        f"{form.__qualname__}.{name}": field
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field, YuanField) or (MONEY.search(name) and name not in NOT_MONEY)
    }
    products = [catalog.product(product_id=make_product(county_id=make_county()))]
    for model in waterfalls.models().values():
        for placed in model.terms.values():
            if placed.term.unit in (Unit.FEN, Unit.PRICES):
                found |= fields_of(placed.term, products, None)
    return found


@pytest.mark.django_db
def test_every_field_for_money_refuses_a_decimal_comma_and_says_how_to_write_it() -> None:
    fields = {name: one for name, one in money_fields().items() if name != "BuyForm.seen_price_fen"}
    assert len(fields) > 9
    for name, field in fields.items():
        assert isinstance(field, YuanField), name
        with translation.override("en"), pytest.raises(ValidationError, match="decimal point as a dot"):
            field.clean("6,95")
        field = copy.copy(field)  # the form keeps its own
        field.least_fen, field.most_fen = 0, 10**9
        assert field.clean("￥６．９５") == 695, name
        assert field.clean("1,234.50") == 123450, name


def test_an_import_refuses_a_decimal_comma() -> None:
    with translation.override("en"), pytest.raises(BadValue) as refused:
        read_amount("6,95")
    with translation.override("en"):
        assert "no decimal point" in str(refused.value.reason)


def test_what_a_form_shows_beside_a_price_reads_it_as_the_form_does() -> None:
    assert (_fen("6,95"), _fen("￥6.95")) == (None, 695)


def test_programs_send_money_as_whole_fen_and_nothing_else() -> None:
    schemas = document()["components"]["schemas"]
    asked = {
        f"{name}.{key}": kind
        for name, schema in schemas.items()
        if name.endswith("In")
        for key, kind in schema.get("properties", {}).items()
        if MONEY.search(key) and key not in NOT_MONEY
    }
    assert len(asked) > 4
    types = {
        name: {one.get("type") for one in kind.get("anyOf", [kind])} - {"null"}
        for name, kind in asked.items()
    }
    assert {name for name, found in types.items() if found != {"integer"}} == set()


def test_nobody_else_reads_money() -> None:
    texts = {str(path.relative_to(SRC)): path.read_text() for path in SRC.rglob("*.py")}
    assert {name for name, text in texts.items() if "parse_yuan" in text} == READERS
