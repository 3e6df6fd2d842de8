"""What a person says is read as others will see it, wherever it is read: hidden characters say nothing."""

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, get_type_hints

import pytest
from ninja import Schema
from pydantic import TypeAdapter, ValidationError

import fieldcast.api
from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.models import Person
from fieldcast.accounts.office import operations as office_operations
from fieldcast.accounts.types import LegalForm, OrganisationKind, Role, Standing
from fieldcast.agreements import operations as agreements_operations
from fieldcast.agreements.cover import operations as cover_operations
from fieldcast.catalog import operations as catalog_operations
from fieldcast.catalog.types import Category, Unit
from fieldcast.desk import operations as desk_operations
from fieldcast.joining.requests import operations as join_requests
from fieldcast.kit.errors import Problem
from fieldcast.kit.said import must_say
from fieldcast.live.operations import chat
from fieldcast.live.words import EmptyText, one_line
from fieldcast.recovery import operations as recovery_operations
from fieldcast.recovery.types import LookedAt
from fieldcast.trace import operations as trace_operations
from fieldcast.trade import operations as trade_operations
from fieldcast.trade.aftersales import operations as aftersales
from fieldcast.trade.carrying import operations as carrying
from fieldcast.trade.letters import entering
from fieldcast.trade.offers.operations import _titles
from fieldcast.trade.orders.placing import check_delivery
from fieldcast.trade.types import Delivery
from fieldcast.web.shared.fields import WordsField
from tests.docs import pages
from tests.factories.accounts import NOW, make_organisation, make_person, phone
from tests.factories.bonds import penalise, terms_name
from tests.factories.market import Stall, make_stall
from tests.web.shared.desk import make_officer

pytestmark = pytest.mark.django_db
HIDDEN = "\u200b\u3164\u2800\u00ad\u2060\ufeff"


# --- pages and API ---------------------------------------------------------------------------------------------------
def test_no_form_reads_words_but_as_they_are_seen() -> None:
    bare = [
        f"{path.name}:{node.lineno}"
        for path in (pages.ROOT / "src/fieldcast/web").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "forms.CharField"
        and "HiddenInput" not in ast.unparse(node)
    ]
    assert bare == [], "ask for words with `web.shared.fields.WordsField`"
    assert WordsField(required=False).clean(f" {HIDDEN}两 天{HIDDEN} ") == "两 天"


def schemas() -> Iterator[type[Schema]]:
    """Every body the API takes."""
    for domain in iter_modules(fieldcast.api.__path__):
        if not domain.ispkg or domain.name == "demo":
            continue
        try:
            module = import_module(f"fieldcast.api.{domain.name}.schemas")
        except ModuleNotFoundError:
            continue
        for name, one in inspect.getmembers(module, inspect.isclass):
            if name.endswith("In") and issubclass(one, Schema) and one.__module__ == module.__name__:
                yield one


def test_no_body_of_the_api_takes_words_but_as_they_are_seen() -> None:
    found, wrong = 0, []
    for one in schemas():
        for name, hint in get_type_hints(one, include_extras=True).items():
            if name not in one.model_fields or one.model_fields[name].annotation is not str:
                continue
            found += 1
            try:
                read = TypeAdapter(hint).validate_python(HIDDEN)
            except ValidationError:
                continue
            if read:
                wrong.append(f"{one.__name__}.{name}")
    assert found > 20
    assert wrong == []


def test_no_body_of_the_api_takes_a_time_without_its_offset() -> None:
    found = 0
    for one in schemas():
        for name, hint in get_type_hints(one, include_extras=True).items():
            if "AwareDatetime" not in repr(hint) and "datetime.datetime" not in repr(hint):
                continue
            found += 1
            with pytest.raises(ValidationError) as refused:
                TypeAdapter(hint).validate_python("2026-12-01T20:00:00")
            assert {error["type"] for error in refused.value.errors()} >= {"timezone_aware"}, name
            assert TypeAdapter(hint).validate_python("2026-12-01T20:00:00+08:00").hour == 12
    assert found >= 5


# --- operations ------------------------------------------------------------------------------------------------------
# What people say in words, by the names operations have for it.
SAYING = {"reason", "why", "words", "text", "title", "name", "display_name", "recipient", "line", "grade"}
ROOMS = (
    "accounts",
    "accounts.office",
    "agreements",
    "agreements.bonds",
    "agreements.cover",
    "catalog",
    "desk",
    "joining",
    "live",
    "recovery",
    "trace",
    "trade",
)
MAY_BE_EMPTY = {
    "accounts.issue_token": "a key without a name is called key",
    "accounts.rename": "the name stays",
    "accounts.set_standing": "said by the platform",
    "accounts.log_personal_read": "said by the platform",
    "agreements.give_notice": "one may end an agreement without a word",
    "catalog.hand_in": "what a device called it",
    "desk.hand_over": "one may hand over without a word",
    "desk.finish": "said by the platform",
    "desk.withdraw": "said by the platform",
    "joining.accept_to_join": "one may be taken in without a word, under the name that was asked for",
    "live.edit": "as it is planned",
    "trade.answer_refund": "money may go back without a word",
    "trade.set_after_sales": "when a line is answered may be left out",
    "trade.pack": "only what is held back is sent with words",
    "trade.ship": "only what is held back is sent with words",
    "trade.deliver": "only a neighbour must be named",
    "trade.fetch": "only what is missing or damaged is said",
    "trade.not_delivered": "the reason is chosen, words may follow",
    "trade.refund_order": "a buyer who cancels says nothing; the form and the API ask a seller",
    "trade.refund_after_sale": "the form and the API ask",
    "trade.give_of_settled": "settlement asks for why before",
    "trade.refuse_notice": "said by the platform",
    "accounts.normalise_phone": "a number, and nothing is none",
}


def test_no_operation_takes_words_that_nobody_can_see() -> None:
    asked = sayings()
    assert set(_operations()) == set(asked) | set(MAY_BE_EMPTY)
    for name, say in asked.items():
        with pytest.raises(Problem) as refused:
            say(HIDDEN)
        assert refused.value.status in (400, 422), name


def _operations() -> Iterator[str]:
    """Every public operation that is told something in words."""
    for room in ROOMS:
        module = import_module(f"fieldcast.{room}.operations")
        for name, one in inspect.getmembers(module, inspect.isfunction):
            # Those of this room, not what it imports from others.
            if name.startswith("_") or not one.__module__.startswith(f"fieldcast.{room}."):
                continue
            if SAYING & inspect.signature(one).parameters.keys():
                yield f"{room}.{name}"


def sayings() -> dict[str, Callable[[Any], object]]:
    """Each operation that needs words, given them."""
    stall = make_stall()
    return {**_of_people(stall), **_of_office(stall), **_of_catalog(stall), **_of_sales(stall)}


def _of_people(stall: Stall) -> dict[str, Callable[[Any], object]]:
    by, county = stall.chief, stall.county_id
    address: dict[str, Any] = {
        "by": by,
        "recipient": "小满",
        "phone": phone(),
        "province": "上海市",
        "line": "长乐路 1 号",
    }
    parties: dict[str, Any] = {
        "cooperative_id": stall.cooperative.id,
        "host_id": stall.host.id,
        "carrier_id": stall.carrier.id,
    }
    agreement: dict[str, Any] = {
        **parties,
        "by": by,
        "county_id": county,
        "terms": stall.version.terms,
        "now": NOW,
    }
    keeper = make_officer(county)
    return {
        "accounts.add_village": lambda said: accounts_operations.add_village(county_id=county, name=said),
        "accounts.create_county": lambda said: accounts_operations.create_county(code="x", name=said),
        "accounts.register_organisation": lambda said: make_organisation(
            county_id=county, kind=stall.host.kind, name=said
        ),
        "accounts.register_person": lambda said: make_person(county_id=county, name=said),
        "accounts.save_address": lambda said: accounts_operations.save_address(
            **{**address, "recipient": said}
        ),
        "agreements.create_agreement": lambda said: agreements_operations.create_agreement(
            name=said, **agreement
        ),
        "agreements.bonds.confirm_penalty": lambda said: _penalise(stall, said, by=keeper),
        "agreements.cover.found_fund": lambda said: cover_operations.found_fund(
            by=keeper, county_id=county, name=said, now=NOW
        ),
    }


def _penalise(stall: Stall, said: str, *, by: Person) -> None:
    with terms_name():
        penalise(stall, 1, by=by, why=said)


def _of_office(stall: Stall) -> dict[str, Callable[[Any], object]]:
    """What an administrator says is read before anybody is asked who they are."""
    at: dict[str, Any] = {"by": stall.chief, "county_id": stall.county_id, "now": NOW}
    to: dict[str, Any] = {**at, "person_id": stall.driver.pk}
    of: dict[str, Any] = {**at, "organisation_id": stall.host.id}
    first: dict[str, Any] = {"password": "chunfen-2026-HW", "now": NOW}
    county: dict[str, Any] = dict.fromkeys(("name_en", "service_centre", "authority"), "")
    county |= {
        "code": "x",
        "admin_name": "管理员",
        "admin_phone": phone(),
        "villages": (),
        "beside_another": True,
    }
    told: dict[tuple[str, str], dict[str, Any]] = {
        **{("reason", name): to for name in ("block", "unblock", "make_staff", "end_staff")},
        ("reason", "sign_out_everywhere"): to,
        ("reason", "end_role"): {**to, **of},
        ("reason", "give_role"): {**to, **of, "role": Role.STAFF},
        ("reason", "set_standing"): {**of, "standing": Standing.GOOD},
        ("reason", "set_form"): {**of, "form": LegalForm.ORDINARY},
        ("reason", "set_federation"): {
            **at, "cooperative_id": stall.cooperative.id, "federation_id": stall.host.id, "member": True
        },
        ("reason", "find_by_number"): {**at, "phone": phone()},
        ("name", "add_village"): {**at, "name_en": ""},
        ("name", "rename_village"): {**at, "village_id": 1, "name_en": ""},
        ("name", "rename_county"): {**at, "name_en": ""},
        ("name", "rename_organisation"): {**of, "name_en": ""},
        ("name", "make_organisation"): {
            **at, "name_en": "", "code": "", "kind": stall.host.kind, "village_id": None
        },
        ("name", "found_county"): {**first, **county},
        ("display_name", "register_administrator"): {
            **first, "county_id": stall.county_id, "phone": phone(), "every_right": False
        },
    }  # fmt: skip

    def saying(word: str, name: str, rest: dict[str, Any]) -> Callable[[Any], object]:
        return lambda said: getattr(office_operations, name)(**{word: said}, **rest)

    return {f"accounts.office.{name}": saying(word, name, rest) for (word, name), rest in told.items()}


def _of_catalog(stall: Stall) -> dict[str, Callable[[Any], object]]:
    by, lot, county = stall.chief, stall.lot, stall.county_id
    harvest: dict[str, Any] = {
        "cooperative_id": stall.cooperative.id,
        "harvested_on": lot.harvested_on,
        "quantity": 1,
        "by": by,
    }
    harvest |= {"plot_id": lot.plot.id, "product_id": lot.product.id, "now": NOW, "today": lot.harvested_on}
    product: dict[str, Any] = {"code": "x", "category": Category.FRUIT, "unit": Unit.JIN}
    farm: dict[str, Any] = {"county_id": county, "household_id": lot.plot.household_id, "village_id": 1}
    return {
        "catalog.add_farm": lambda said: catalog_operations.add_farm(name=said, **farm),
        "catalog.add_plot": lambda said: catalog_operations.add_plot(
            farm_id=lot.plot.farm_id, name=said, area_mu=Decimal(1)
        ),
        "catalog.add_product": lambda said: catalog_operations.add_product(
            county_id=county, name=said, yield_ceiling_per_mu=1, **product
        ),
        "catalog.register_part": lambda said: catalog_operations.register_part(
            by=by, lot=lot, grade=said, quantity=1, now=NOW
        ),
        "catalog.register_lot": lambda said: catalog_operations.register_lot(grade=said, **harvest),
        "trace.register_harvest": lambda said: trace_operations.register_harvest(grade=said, **harvest),
        "trace.resume_lot": lambda said: trace_operations.resume_lot(
            by=by, lot_id=lot.id, reason=said, now=NOW
        ),
        "trace.stop_lot": lambda said: trace_operations.stop_lot(by=by, lot_id=lot.id, reason=said, now=NOW),
    }


def _of_sales(stall: Stall) -> dict[str, Callable[[Any], object]]:
    by, lot = stall.chief, stall.lot
    centre = make_organisation(county_id=stall.county_id, kind=OrganisationKind.SERVICE_CENTRE)
    accounts_operations.add_member(person_id=by.pk, organisation_id=centre.id, role=Role.STAFF)
    return {
        "desk.answer": desk_operations._words,
        "desk.decline": desk_operations._words,
        "joining.ask_for_more": join_requests._plain,
        "joining.ask_to_join": lambda said: join_requests._line(said, "name", 40),
        "joining.decline_to_join": join_requests._plain,
        "joining.tell_more": join_requests._plain,
        "live.hide_message": lambda said: one_line(said, limit=chat.REASON_LENGTH),
        "live.plan": lambda said: one_line(said, limit=60),
        "live.say": lambda said: one_line(said, limit=chat.TEXT_LENGTH),
        "live.transcribe": lambda said: one_line(said, limit=60),
        "recovery.look_up": lambda said: recovery_operations.look_up(
            by=by, centre_id=centre.id, phone=by.phone, why=said, now=NOW
        ),
        "recovery.make_code": lambda said: recovery_operations.make_code(
            by=by,
            centre_id=centre.id,
            person_id=by.pk,
            looked_at=LookedAt.ID_CARD,
            witnesses=(),
            why=said,
            now=NOW,
        ),
        "trade.ask_refund": aftersales.plain_words,
        "trade.agree_return": aftersales.plain_words,
        "trade.appeal_decision": aftersales.plain_words,
        "trade.exchange_goods": aftersales.plain_words,
        "trade.send_back": aftersales.plain_words,
        "trade.settle_returned": aftersales.plain_words,
        "trade.give_back_held": lambda said: must_say(said, field="reason"),
        "trade.close_conversation": entering.plain_reason,
        "trade.let_letter_be": entering.plain_reason,
        "trade.object_to_answer": aftersales.plain_words,
        "trade.send_again": lambda said: carrying._words(said, must="how"),
        "trade.offer": lambda said: _titles(said, ""),
        "trade.write_about_lot": entering.plain_words,
        "trade.write_about_order": entering.plain_words,
        "trade.write_to_buyer": entering.plain_words,
        "trade.write_to_county": entering.plain_words,
        "trade.write_letter": entering.plain_words,
        "trade.write_off": lambda said: trade_operations.write_off(
            by=by, lot_id=lot.id, units=1, reason=said, now=NOW
        ),
    }


def test_an_address_line_is_read_as_it_is_seen() -> None:
    kept = Delivery(
        recipient=f"小{HIDDEN}满",
        phone="１３８00138000",
        province="上海市",
        city="",
        district="",
        line=" 长乐路  1 号",
    )
    said = check_delivery(kept)
    assert (said.recipient, said.phone, said.line) == ("小满", "13800138000", "长乐路 1 号")
    with pytest.raises(Problem):
        check_delivery(replace(kept, line=HIDDEN))


def test_what_hides_a_line_of_chat_is_a_reason_that_can_be_read() -> None:
    with pytest.raises(EmptyText):
        one_line("\u200b", limit=chat.REASON_LENGTH)
