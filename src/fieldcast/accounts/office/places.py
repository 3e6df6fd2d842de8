"""Writes of the office about the county itself: its names, its villages."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from fieldcast.accounts.models import County, Village
from fieldcast.accounts.office.entering import enter
from fieldcast.accounts.office.log import note
from fieldcast.accounts.office.problems import NameTaken, VillageInUse
from fieldcast.accounts.office.types import Deed
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import NotFound
from fieldcast.kit.said import must_say, said


def rename_county(*, by: SignedIn, county_id: int, name: str, name_en: str, now: datetime) -> None:
    """Give the county other names; its code stays. Raises `SaysNothing`."""
    plain, english = must_say(name, field="name"), said(name_en)
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        row = County.objects.get(id=county_id)
        before, after = _both(row.name, row.name_en), _both(plain, english)
        if before != after:
            row.name, row.name_en = plain, english
            row.save(update_fields=["name", "name_en"])
            note(Deed.COUNTY_RENAMED, county_id=county_id, by=by, now=now, before=before, after=after)


def add_village(*, by: SignedIn, county_id: int, name: str, name_en: str, now: datetime) -> int:
    """Add a village; returns its id. Raises `SaysNothing` and `NameTaken`."""
    plain, english = must_say(name, field="name"), said(name_en)
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        try:
            with transaction.atomic():
                row = Village.objects.create(county_id=county_id, name=plain, name_en=english)
        except IntegrityError as error:
            raise NameTaken(name=plain) from error
        note(Deed.VILLAGE_ADDED, county_id=county_id, by=by, now=now, after=_both(plain, english))
    return row.pk


def rename_village(
    *, by: SignedIn, county_id: int, village_id: int, name: str, name_en: str, now: datetime
) -> None:
    """Give a village other names; whatever is in it stays there. Raises `SaysNothing`, `NameTaken` and `NotFound`."""
    plain, english = must_say(name, field="name"), said(name_en)
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        row = _village(county_id, village_id)
        before, after = _both(row.name, row.name_en), _both(plain, english)
        if before == after:
            return
        row.name, row.name_en = plain, english
        try:
            with transaction.atomic():
                row.save(update_fields=["name", "name_en"])
        except IntegrityError as error:
            raise NameTaken(name=plain) from error
        note(Deed.VILLAGE_RENAMED, county_id=county_id, by=by, now=now, before=before, after=after)


def remove_village(*, by: SignedIn, county_id: int, village_id: int, now: datetime) -> None:
    """Remove a village that was made by mistake. Raises `VillageInUse` and `NotFound`."""
    with transaction.atomic():
        enter(by=by, county_id=county_id)
        row = _village(county_id, village_id)
        name = _both(row.name, row.name_en)
        try:
            with transaction.atomic():
                row.delete()
        except (ProtectedError, IntegrityError) as error:
            raise VillageInUse(name=row.name) from error
        note(Deed.VILLAGE_REMOVED, county_id=county_id, by=by, now=now, before=name)


def _village(county_id: int, village_id: int) -> Village:
    row = Village.objects.filter(id=village_id, county_id=county_id).first()
    if row is None:
        raise NotFound("village")
    return row


def _both(name: str, name_en: str) -> str:
    return f"{name} · {name_en}" if name_en else name
