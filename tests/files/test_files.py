"""Kept files: drawn anew, found again when they are alike, seen by those they belong to, ended in time."""

import io
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from PIL import Image
from pytest_django import Settings

from fieldcast.accounts.models import Person, PersonalDataRead
from fieldcast.accounts.types import OrganisationKind, OrganisationRef
from fieldcast.files import loaders, operations, queries, store, tasks
from fieldcast.files.drawing import draw, fingerprint
from fieldcast.files.models import KeptFile
from fieldcast.files.problems import FileEnded, TooManyDots
from fieldcast.files.types import KEPT_FOR, LIMITS, FileKind, FileView, Limits, Retention, Taken
from fieldcast.kit.errors import NotFound
from tests.factories import files
from tests.factories.accounts import NOW, make_county, make_member, make_organisation, make_person
from tests.files.pictures import orchard, other, photo, saved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def coop() -> OrganisationRef:
    return make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)


def keep(
    coop: OrganisationRef,
    content: bytes,
    *,
    by: Person | None = None,
    own: bool = False,
    retention: Retention = Retention.TRADE,
    kind: FileKind = FileKind.PHOTO,
) -> FileView:
    return files.keep(
        by=by or make_member(organisation=coop),
        county_id=coop.county_id,
        organisation_id=None if own else coop.id,
        kind=kind,
        retention=retention,
        name="桃.jpg",
        size=len(content),
        stream=io.BytesIO(content),
        now=NOW,
    )


def test_a_photo_is_kept_as_a_picture_with_a_small_one_and_without_its_place(coop: OrganisationRef) -> None:
    chief = make_member(organisation=coop)
    file = keep(coop, photo(), by=chief)
    assert (file.name, file.width, file.height, file.keep_until) == (
        "桃.jpg",
        640,
        480,
        NOW + KEPT_FOR[Retention.TRADE],
    )
    whole = loaders.load_content(by=chief, file_id=file.id)
    small = loaders.load_content(by=chief, file_id=file.id, thumbnail=True)
    assert len(whole.data) == file.size
    with Image.open(io.BytesIO(whole.data)) as picture, Image.open(io.BytesIO(small.data)) as thumbnail:
        assert (picture.size, thumbnail.size) == ((640, 480), (320, 240))
        assert not picture.getexif()


def test_what_the_camera_wrote_is_kept_apart_encrypted_and_read_in_writing(coop: OrganisationRef) -> None:
    chief = make_member(organisation=coop)
    file = keep(coop, photo(), by=chief)
    with connection.cursor() as cursor:
        cursor.execute("SELECT taken FROM files_keptfile WHERE id = %s", [file.id])
        assert "HUAWEI" not in cursor.fetchone()[0]
    taken = operations.read_taken(by=chief, file_id=file.id, why="where the peaches stood", now=NOW)
    assert taken == Taken(
        at=datetime(2026, 11, 22, 10, 3, 4, tzinfo=timezone(timedelta(hours=8))),
        latitude=30.26,
        longitude=109.5,
        camera="HUAWEI P60",
    )
    read = PersonalDataRead.objects.get()
    assert (read.reader_id, read.subject, read.reason) == (
        chief.pk,
        f"file {file.id}",
        "where the peaches stood",
    )
    with pytest.raises(NotFound):
        operations.read_taken(by=make_person(county_id=coop.county_id), file_id=file.id, why="-", now=NOW)
    assert PersonalDataRead.objects.count() == 1


def test_unknown_is_not_zero(coop: OrganisationRef) -> None:
    chief = make_member(organisation=coop)
    file = keep(coop, saved(orchard()), by=chief)
    taken = operations.read_taken(by=chief, file_id=file.id, why="-", now=NOW)
    assert taken == Taken(at=None, latitude=None, longitude=None, camera="")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_as_the_phone_was_held(orientation: int) -> None:
    drawn = draw(photo(orientation), limits=LIMITS[FileKind.PHOTO])
    assert (drawn.width, drawn.height) == ((640, 480) if orientation < 5 else (480, 640))
    from PIL import ImageOps

    with Image.open(io.BytesIO(photo(orientation))) as sent:
        upright = ImageOps.exif_transpose(sent)
    assert upright is not None
    assert drawn.fingerprint == pytest.approx(fingerprint(upright), abs=0)


def test_a_large_picture_is_made_smaller_and_transparent_is_white() -> None:
    drawn = draw(saved(orchard((4000, 3000))), limits=LIMITS[FileKind.PHOTO])
    assert (drawn.width, drawn.height) == (2560, 1920)
    clear = draw(saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"), limits=LIMITS[FileKind.PHOTO])
    with Image.open(io.BytesIO(clear.data)) as picture:
        assert picture.getpixel((25, 25)) == (255, 255, 255)


FEW_DOTS = Limits(most_bytes=2**22, longest_side=600, most_pixels=1_200_000, most_jpeg_pixels=20_000_000)


def test_a_jpeg_of_more_dots_than_others_may_have_is_read_smaller() -> None:
    assert draw(saved(orchard((4800, 3600))), limits=FEW_DOTS).width == 600


@pytest.mark.parametrize(
    "content",
    [
        lambda: saved(orchard((10_000, 500))),
        lambda: saved(orchard((4800, 3600)), progressive=True),
        lambda: saved(orchard((4800, 3600)).convert("CMYK")),
    ],
    ids=["long and thin", "progressive", "four inks"],
)
def test_a_jpeg_that_would_be_held_whole_may_have_no_more_dots_than_others(
    content: Callable[[], bytes],
) -> None:
    with pytest.raises(TooManyDots):
        draw(content(), limits=FEW_DOTS)


@pytest.mark.parametrize(
    "again",
    [
        lambda: saved(orchard(), quality=40),
        lambda: saved(orchard((1280, 960))),
        lambda: saved(orchard((200, 150)), "PNG"),
        lambda: saved(orchard(), "WEBP", quality=60),
        lambda: saved(orchard().point(lambda light: min(255, int(light * 1.15)))),
        lambda: saved(orchard(shift=3)),
    ],
    ids=["coarser", "larger", "smaller", "another kind", "brighter", "a step aside"],
)
def test_the_same_picture_in_another_dress_is_found(coop: OrganisationRef, again: object) -> None:
    first, stranger = keep(coop, photo()), keep(coop, saved(other()))
    second = keep(coop, again())  # type: ignore[operator]  # each makes a picture
    found = queries.alike(county_id=coop.county_id, file_id=second.id)
    assert [one.file.id for one in found] == [first.id]
    assert stranger.id not in {one.file.id for one in found}


def test_the_same_file_twice_is_nothing_apart_and_has_one_sum(coop: OrganisationRef) -> None:
    first, second = keep(coop, photo()), keep(coop, photo())
    found = queries.alike(county_id=coop.county_id, file_id=second.id)
    assert [(one.file.id, one.apart) for one in found] == [(first.id, 0)]
    assert first.sha256 == second.sha256


def test_an_empty_sheet_looks_like_nothing_and_another_county_is_not_asked(coop: OrganisationRef) -> None:
    blank = saved(Image.new("RGB", (300, 300), (240, 240, 238)))
    sheets = [keep(coop, blank, kind=FileKind.SHEET) for _one in range(2)]
    assert sheets[0].fingerprint is None
    assert queries.alike(county_id=coop.county_id, file_id=sheets[1].id) == ()
    keep(coop, photo())
    far = make_organisation(county_id=make_county(), kind=OrganisationKind.COOPERATIVE)
    mine = keep(far, photo())
    assert queries.alike(county_id=far.county_id, file_id=mine.id) == ()
    assert queries.alike(county_id=coop.county_id, file_id=mine.id) == ()


def test_a_file_is_seen_by_its_people_and_by_nobody_else(coop: OrganisationRef) -> None:
    giver, colleague = make_member(organisation=coop), make_member(organisation=coop)
    file = keep(coop, photo(), by=giver)
    for person in (giver, colleague):
        assert loaders.load_file(by=person, file_id=file.id) == file
    for stranger in (make_person(county_id=coop.county_id), AnonymousUser()):
        for thumbnail in (False, True):
            with pytest.raises(NotFound):
                loaders.load_content(by=stranger, file_id=file.id, thumbnail=thumbnail)
    own = keep(coop, photo(), by=giver, own=True)
    with pytest.raises(NotFound):
        loaders.load_file(by=colleague, file_id=own.id)
    with pytest.raises(NotFound):
        loaders.load_file(by=giver, file_id=own.id + 1)


def test_nobody_hands_in_for_an_organisation_that_is_not_theirs(coop: OrganisationRef) -> None:
    with pytest.raises(NotFound):
        keep(coop, photo(), by=make_person(county_id=coop.county_id))
    assert not KeptFile.objects.exists()


def test_content_lies_encrypted_and_cannot_be_exchanged(coop: OrganisationRef, home: Path) -> None:
    chief = make_member(organisation=coop)
    first, second = keep(coop, photo(), by=chief), keep(coop, saved(other()), by=chief)
    names = {row.pk: row.stored for row in KeptFile.objects.all()}
    lies = {each: next((home / "files").rglob(f"{name}.picture")) for each, name in names.items()}
    assert b"\xff\xd8\xff" not in lies[first.id].read_bytes()[:64]
    lies[first.id].write_bytes(lies[second.id].read_bytes())
    with pytest.raises(InvalidTag):
        loaders.load_content(by=chief, file_id=first.id)


def test_a_file_ends_when_its_time_is_over_and_its_row_stays(coop: OrganisationRef, home: Path) -> None:
    chief = make_member(organisation=coop)
    draft, trade = keep(coop, photo(), by=chief, retention=Retention.DRAFT), keep(coop, photo(), by=chief)
    end = NOW + KEPT_FOR[Retention.DRAFT]
    assert operations.end_due(now=end - timedelta(seconds=1)) == 0
    assert operations.end_due(now=end) == 1
    with pytest.raises(FileEnded) as gone:
        loaders.load_content(by=chief, file_id=draft.id)
    assert gone.value.status == 410
    assert loaders.load_file(by=chief, file_id=draft.id).ended_at == end
    assert loaders.load_content(by=chief, file_id=trade.id).data
    age(home)
    operations.end_due(now=end)
    assert {path.stem for path in (home / "files").rglob("*.picture")} == {
        KeptFile.objects.values_list("stored", flat=True).get(id=trade.id)
    }
    assert [one.apart for one in queries.alike(county_id=coop.county_id, file_id=trade.id)] == [0]


def test_what_a_killed_process_left_goes_and_what_has_just_come_stays(home: Path) -> None:
    name = store.put(picture=b"-", thumbnail=b"-")
    half = home / "files" / "00" / f".{'0' * 32}.picture"
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    operations.end_due(now=NOW)
    assert store.get(name, thumbnail=False) == b"-"
    age(home)
    tasks.end_due(0)
    assert not [path for path in (home / "files").rglob("*") if path.is_file()]
    with pytest.raises(NotFound):
        store.get(name, thumbnail=False)


def age(home: Path) -> None:
    """Let everything on the disk be two days old."""
    then = time.time() - 2 * 24 * 3600
    for path in (home / "files").rglob("*"):
        os.utime(path, (then, then))


def test_nothing_about_a_file_is_changed_afterwards(coop: OrganisationRef) -> None:
    file = keep(coop, photo())
    rows = KeptFile.objects.filter(id=file.id)
    for change in (
        lambda: rows.update(sha256="0" * 64),
        lambda: rows.update(keep_until=NOW + timedelta(days=9999)),
        lambda: rows.update(taken={}),
        rows.delete,
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    rows.update(ended_at=NOW)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(ended_at=datetime.now(UTC))
