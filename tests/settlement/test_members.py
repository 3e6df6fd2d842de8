"""A member's account: what was written down stands, what never was is unknown, and nobody else looks into it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from fieldcast.accounts.models import Person
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.kit.said import SaysNothing
from fieldcast.settlement.members import queries
from fieldcast.settlement.members.loaders import load_member
from fieldcast.settlement.members.operations import write_entry
from fieldcast.settlement.members.problems import EntryImpossible, TooMuchTaken
from fieldcast.settlement.members.types import EntryKind
from fieldcast.settlement.models import MemberEntry
from tests.factories.accounts import NOW
from tests.factories.market import Stall, make_stall
from tests.web.shared.desk import make_farmer, make_officer, make_packer

pytestmark = pytest.mark.django_db


def write(stall: Stall, by: Person, fen: int, *, why: str = "收据 12 号", days: int = 0) -> None:
    write_entry(
        by=by,
        cooperative_id=stall.cooperative.id,
        household_id=stall.lot.plot.household_id,
        kind=EntryKind.CONTRIBUTION,
        amount_fen=fen,
        day=(NOW + timedelta(days=days)).date(),
        why=why,
        now=NOW,
    )


def test_what_was_written_down_stands_and_what_never_was_is_unknown() -> None:
    stall = make_stall()
    write(stall, stall.chief, 50_000)
    write(stall, stall.chief, -20_000, why="记错了")
    [member] = queries.members(cooperative_id=stall.cooperative.id)
    assert (member.contribution_fen, member.reserve_fen) == (30_000, None)
    assert member.gained.together_fen == 0
    write(stall, stall.chief, -30_000, why="退社")
    [member] = queries.members(cooperative_id=stall.cooperative.id)
    assert member.contribution_fen == 0, "all given back is nothing, no longer unknown"
    said = queries.entries(cooperative_id=stall.cooperative.id, household_id=member.household_id)
    assert [(one.amount_fen, one.why) for one in said] == [
        (-30_000, "退社"),
        (-20_000, "记错了"),
        (50_000, "收据 12 号"),
    ]
    refused: list[tuple[type[Problem], int, dict[str, object]]] = [
        (TooMuchTaken, -1, {}),
        (EntryImpossible, 0, {}),
        (EntryImpossible, 10**10 + 1, {}),
        (EntryImpossible, 100, {"days": 2}),
        (SaysNothing, 100, {"why": " \u200b"}),
    ]
    for problem, fen, changes in refused:
        with pytest.raises(problem):
            write(stall, stall.chief, fen, **changes)  # type: ignore[arg-type]  # days or why
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MemberEntry.objects.update(amount_fen=1)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        MemberEntry.objects.all().delete()


def test_the_member_and_its_cooperative_see_the_account_and_only_who_manages_writes_it() -> None:
    stall = make_stall()
    of = {"cooperative_id": stall.cooperative.id, "household_id": stall.lot.plot.household_id}
    farmer, packer = make_farmer(stall), make_packer(stall)
    for person in (farmer, packer, stall.chief):
        assert load_member(by=person, **of).household_id == of["household_id"]
    for person in (make_officer(stall.county_id), stall.presenter, stall.driver):
        with pytest.raises(NotFound):
            load_member(by=person, **of)
    for person in (farmer, packer, stall.presenter):
        with pytest.raises(NotFound):
            write(stall, person, 100)
    with pytest.raises(NotFound):
        load_member(by=stall.chief, cooperative_id=stall.cooperative.id, household_id=stall.host.id)
