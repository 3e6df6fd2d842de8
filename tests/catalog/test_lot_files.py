"""Photos and papers of a lot: whose they are, what everyone sees, that nothing about them is rewritten."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from fieldcast.accounts.models import PersonalDataRead
from fieldcast.accounts.operations import remove_member
from fieldcast.catalog import loaders, operations, queries
from fieldcast.catalog.models import LotFile
from fieldcast.catalog.operations import MOST_FILES
from fieldcast.catalog.problems import PapersStayInside, SamePicture, TooManyFiles
from fieldcast.files import operations as files_operations
from fieldcast.files.drawing import draw
from fieldcast.files.models import KeptFile
from fieldcast.files.problems import TooManyAtOnce
from fieldcast.files.types import FileKind
from fieldcast.kit.errors import NotFound
from tests.factories.accounts import NOW
from tests.factories.lot_files import make_lot_file
from tests.factories.market import Stall, make_stall
from tests.factories.trade import later
from tests.files.pictures import orchard, photo, saved
from tests.web.shared.desk import browser, make_packer

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall() -> Stall:
    return make_stall()


def seen(stall: Stall, file_id: int) -> bytes:
    """What somebody who is not signed in gets to see."""
    found = loaders.load_public_photo(
        by=AnonymousUser(), lot_id=stall.lot.id, lot_file_id=file_id, thumbnail=False
    )
    return found.data


def test_a_photo_meant_for_everyone_is_everyones_until_it_is_withdrawn(stall: Stall) -> None:
    inside, shown = (
        make_lot_file(stall.lot, by=stall.chief, public=public, content=saved(orchard((96, 64), shift=n)))
        for n, public in enumerate((False, True))
    )
    assert seen(stall, shown.id).startswith(b"\xff\xd8")
    assert [one.id for one in queries.public_photos(lot_id=stall.lot.id)] == [shown.id]
    with pytest.raises(NotFound):
        seen(stall, inside.id)
    packer = make_packer(stall)
    for moment in (later(60), later(120)):
        gone = operations.withdraw_file(by=packer, lot_id=stall.lot.id, lot_file_id=shown.id, now=moment)
    assert (gone.withdrawn_by, gone.withdrawn_at, gone.added_by) == ("小工", later(60), "社长")
    with pytest.raises(NotFound):
        seen(stall, shown.id)
    assert queries.public_photos(lot_id=stall.lot.id) == ()
    assert [one.id for one in queries.files_of_lot(lot_id=stall.lot.id)] == [shown.id, inside.id]
    assert loaders.load_lot_file(by=packer, lot_id=stall.lot.id, lot_file_id=shown.id) == gone


def test_a_picture_is_drawn_before_anything_is_held_and_its_sender_asked_again(
    stall: Stall, monkeypatch: pytest.MonkeyPatch
) -> None:
    packer = make_packer(stall)
    held: list[int] = []
    begun = len(connection.savepoint_ids)  # the test itself is a transaction

    def drawing(*asked: Any, **more: Any) -> Any:
        held.append(len(connection.savepoint_ids) - begun)
        remove_member(person_id=packer.pk, organisation_id=stall.cooperative.id)
        return draw(*asked, **more)

    monkeypatch.setattr(files_operations, "draw", drawing)
    sent = {"kind": "photo", "file": SimpleUploadedFile("a.jpg", photo())}
    answer = browser(packer).post(f"/coop/lots/{stall.lot.id}/files/", sent)
    assert (answer.status_code, held) == (404, [0])
    assert not KeptFile.objects.exists()


def test_more_pictures_than_are_drawn_at_once_are_told_to_come_again(
    stall: Stall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_operations, "PATIENCE_SECONDS", 0.01)
    for _ in range(files_operations.DRAWN_AT_ONCE):
        assert files_operations._DRAWING.acquire(blocking=False)
    try:
        with pytest.raises(TooManyAtOnce):
            make_lot_file(stall.lot, by=stall.chief)
    finally:
        for _ in range(files_operations.DRAWN_AT_ONCE):
            files_operations._DRAWING.release()
    assert make_lot_file(stall.lot, by=stall.chief)


@pytest.mark.parametrize("kind", [FileKind.SHEET, FileKind.DOCUMENT])
def test_papers_are_never_shown_to_everyone(stall: Stall, kind: FileKind) -> None:
    with pytest.raises(PapersStayInside):
        make_lot_file(stall.lot, by=stall.chief, kind=kind, public=True)
    assert not KeptFile.objects.exists()
    paper = make_lot_file(stall.lot, by=stall.chief, kind=kind)
    with pytest.raises(NotFound):
        seen(stall, paper.id)
    with pytest.raises(IntegrityError, match="lot_papers_are_not_public"), transaction.atomic():
        LotFile.objects.create(
            lot_id=stall.lot.id,
            file_id=paper.file.id,
            kind=kind.value,
            public=True,
            added_by=stall.chief,
            added_at=NOW,
        )


def test_others_neither_add_nor_see_nor_withdraw(stall: Stall) -> None:
    other, paper = make_stall(), make_lot_file(stall.lot, by=stall.chief)
    for stranger in (other.chief, stall.presenter, stall.driver):
        with pytest.raises(NotFound):
            make_lot_file(stall.lot, by=stranger)
        with pytest.raises(NotFound):
            loaders.load_lot_file(by=stranger, lot_id=stall.lot.id, lot_file_id=paper.id)
        with pytest.raises(NotFound):
            operations.withdraw_file(by=stranger, lot_id=stall.lot.id, lot_file_id=paper.id, now=NOW)
    with pytest.raises(NotFound):
        loaders.load_lot_file(by=other.chief, lot_id=other.lot.id, lot_file_id=paper.id)
    assert [one.withdrawn_at for one in queries.files_of_lot(lot_id=stall.lot.id)] == [None]


def test_a_lot_has_a_picture_once_and_only_so_many(stall: Stall, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_lot_file(stall.lot, by=stall.chief)
    with pytest.raises(SamePicture):
        make_lot_file(stall.lot, by=stall.chief)
    operations.withdraw_file(by=stall.chief, lot_id=stall.lot.id, lot_file_id=first.id, now=NOW)
    make_lot_file(stall.lot, by=stall.chief)
    assert MOST_FILES > 1
    monkeypatch.setattr(operations, "MOST_FILES", 1)
    with pytest.raises(TooManyFiles):
        make_lot_file(stall.lot, by=stall.chief, kind=FileKind.SHEET)
    assert KeptFile.objects.count() == 2, "what is refused leaves no row"


@pytest.mark.parametrize(
    "change",
    [
        {"public": True},
        {"kind": "sheet"},
        {"added_at": later(1)},
        {"withdrawn_at": None, "withdrawn_by": None},
    ],
)
def test_nothing_about_it_is_rewritten(stall: Stall, change: dict[str, object]) -> None:
    paper = make_lot_file(stall.lot, by=stall.chief)
    operations.withdraw_file(by=stall.chief, lot_id=stall.lot.id, lot_file_id=paper.id, now=NOW)
    rows = LotFile.objects.filter(id=paper.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()


def test_it_is_kept_as_long_as_trade_records_and_then_shown_to_nobody(stall: Stall) -> None:
    photo = make_lot_file(stall.lot, by=stall.chief, public=True)
    assert photo.file.keep_until - NOW >= timedelta(days=3 * 365)
    files_operations.end_due(now=photo.file.keep_until)
    assert queries.public_photos(lot_id=stall.lot.id) == ()
    (kept,) = queries.files_of_lot(lot_id=stall.lot.id)
    assert kept.file.ended_at == photo.file.keep_until


def test_reading_a_paper_whole_is_written_down_and_looking_at_a_photo_is_not(stall: Stall) -> None:
    photo, paper = (
        make_lot_file(stall.lot, by=stall.chief, kind=kind) for kind in (FileKind.PHOTO, FileKind.SHEET)
    )
    packer = make_packer(stall)
    for one, thumbnail in ((photo, False), (photo, True), (paper, True), (paper, False)):
        loaders.load_lot_file_content(
            by=packer, lot_id=stall.lot.id, lot_file_id=one.id, thumbnail=thumbnail, now=NOW
        )
    (read,) = PersonalDataRead.objects.all()
    assert (read.reader_id, read.subject, read.what) == (packer.pk, f"file {paper.file.id}", "sheet")
