"""Photos and papers on a lot's page: handed in, looked at, withdrawn; what is hostile is refused beside its field."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fieldcast.catalog import queries as catalog
from fieldcast.config.edge import sizes
from fieldcast.files.models import KeptFile
from fieldcast.files.types import FileKind
from tests.factories.lot_files import make_lot_file
from tests.factories.market import Stall, make_stall
from tests.files.pictures import HTML, PDF, REFUSED, SVG, orchard, photo, saved
from tests.web.shared.desk import CHINESE, ENGLISH, browser, make_packer
from tests.web.shared.reading import english_in, error_beside, words

pytestmark = pytest.mark.django_db
SAID = {
    "not_a_picture": "This file is not a picture",
    "picture_broken": "damaged or not complete",
    "too_many_dots": "too many dots",
    "picture_too_heavy": "too large: at most 15 MB",
}
# of each outcome the first, and what somebody is most likely to choose by mistake or malice
HOSTILE = [(outcome, next(iter(makers.values()))) for outcome, makers in REFUSED.items()] + [
    ("not_a_picture", lambda: PDF),
    ("not_a_picture", lambda: SVG),
    ("not_a_picture", lambda: HTML),
]


@pytest.fixture
def stall() -> Stall:
    return make_stall()


def send(
    stall: Stall, content: bytes, *, client: Client | None = None, script: bool = False, **sent: Any
) -> Any:
    """Hand in a picture from the lot's page."""
    headers = {**ENGLISH, "HX-Request": "true"} if script else ENGLISH
    form = {"kind": "photo", "file": SimpleUploadedFile("桃园.jpg", content), **sent}
    return (client or browser(stall.chief)).post(f"/coop/lots/{stall.lot.id}/files/", form, headers=headers)


def page(stall: Stall, **headers: str) -> Any:
    return browser(stall.chief).get(f"/coop/lots/{stall.lot.id}/", headers=headers or ENGLISH)


def test_a_lot_without_any_says_what_they_are_good_for(stall: Stall) -> None:
    text = words(page(stall))
    assert "No photo or paper yet" in text
    assert "JPEG, PNG or WebP, up to 15 MB" in text


def test_whoever_works_there_adds_a_photo_that_buyers_see(stall: Stall) -> None:
    answer = send(stall, photo(), client=browser(make_packer(stall)), public="on")
    assert (answer.status_code, answer["Location"]) == (302, f"/coop/lots/{stall.lot.id}/#files")
    (kept,) = catalog.files_of_lot(lot_id=stall.lot.id)
    assert (kept.public, kept.added_by, kept.file.kind) == (True, "小工", FileKind.PHOTO)
    assert "Buyers see it" in words(page(stall))
    shown = Client().get(f"/lots/{stall.lot.id}/").content.decode()
    assert f'src="/lots/{stall.lot.id}/photos/{kept.id}/?small"' in shown
    for address in (f"/lots/{stall.lot.id}/photos/{kept.id}/", f"/coop/lots/{stall.lot.id}/files/{kept.id}/"):
        whole, small = (browser(stall.chief).get(address + size) for size in ("", "?small"))
        assert whole["Content-Type"] == small["Content-Type"] == "image/jpeg"
        assert whole["X-Content-Type-Options"] == "nosniff"
        assert len(small.content) < len(whole.content)
        assert b"HUAWEI" not in whole.content


def test_with_script_the_part_of_the_page_comes_back_with_a_new_key(stall: Stall) -> None:
    key = "a-key-of-its-own"
    answer = send(stall, photo(), script=True, once=key)
    assert answer.status_code == 200
    assert "It is with the lot now." in answer["HX-Trigger"]
    text = answer.content.decode()
    assert "<html" not in text
    assert f"/coop/lots/{stall.lot.id}/files/" in text
    assert key not in text
    assert send(stall, photo(), script=True, once=key).status_code == 200  # an impatient thumb
    assert len(catalog.files_of_lot(lot_id=stall.lot.id)) == 1
    other = send(stall, saved(orchard()), script=True, once=key)
    assert other.status_code == 422
    assert "already sent once, with something else in it" in words(other)
    assert len(catalog.files_of_lot(lot_id=stall.lot.id)) == 1


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("outcome", "make"), HOSTILE)
def test_what_is_hostile_is_refused_beside_the_field(
    stall: Stall, outcome: str, make: Any, script: bool
) -> None:
    content = make() or b"\x00"
    answer = send(stall, content, script=script)
    assert answer.status_code == 422
    assert SAID[outcome] in error_beside(answer, "file")
    assert not KeptFile.objects.exists()
    refused = send(stall, content, script=script, client=browser(stall.chief, language=CHINESE))
    assert refused.status_code == 422


def test_nothing_and_an_empty_file_are_said_too(stall: Stall) -> None:
    nothing = browser(stall.chief).post(
        f"/coop/lots/{stall.lot.id}/files/", {"kind": "photo"}, headers=ENGLISH
    )
    assert "Choose a picture first" in error_beside(nothing, "file")
    assert "This picture is empty" in error_beside(send(stall, b""), "file")
    assert error_beside(send(stall, photo(), kind="film"), "kind")


@pytest.mark.parametrize("name", ["a" * 5000 + ".jpg", "a." + "b" * 300, "桃" * 100 + ".jpg"])
def test_a_name_that_no_disk_could_keep_is_refused_in_words(
    stall: Stall, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    large = photo() + b"\0" * 2**20  # it would lie in a temporary file of that ending
    answer = browser(stall.chief).generic(
        "POST",
        f"/coop/lots/{stall.lot.id}/files/",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="'
        + name.encode()
        + b'"\r\nContent-Type: image/jpeg\r\n\r\n'
        + large
        + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        headers=ENGLISH,
    )
    assert answer.status_code == 400
    assert "give it a shorter name" in words(answer)
    assert caplog.records == []


def test_each_form_of_the_page_has_a_key_of_its_own(stall: Stall) -> None:
    for answer in (page(stall), send(stall, PDF, once="a-key-of-its-own")):
        keys = re.findall(r'name="once" value="([^"]+)"', answer.content.decode())
        assert len(keys) > 1
        assert len(set(keys)) == len(keys)


def test_a_photo_that_was_withdrawn_is_shown_from_no_cache(stall: Stall) -> None:
    kept = make_lot_file(stall.lot, by=stall.chief, public=True)
    address = f"/lots/{stall.lot.id}/photos/{kept.id}/"
    first = Client().get(address)
    assert first["Cache-Control"] == "private, no-cache"
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    browser(stall.chief).post(f"/coop/lots/{stall.lot.id}/files/{kept.id}/withdraw/")
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 404


def test_a_paper_is_not_for_everyone_and_the_same_picture_is_there_once(stall: Stall) -> None:
    assert "sheets and documents stay with you" in error_beside(
        send(stall, photo(), kind="document", public="on"), "public"
    )
    assert send(stall, photo(), kind="document").status_code == 302
    assert "with the lot already" in error_beside(send(stall, photo()), "file")


def test_one_is_withdrawn_and_stays_with_who_and_when(stall: Stall) -> None:
    kept = make_lot_file(stall.lot, by=stall.chief, public=True)
    address, shown = f"/coop/lots/{stall.lot.id}/files/{kept.id}/", f"/lots/{stall.lot.id}/photos/{kept.id}/"
    assert Client().get(shown).status_code == 200
    done = browser(make_packer(stall)).post(f"{address}withdraw/", follow=True)
    assert "It is withdrawn." in words(done)
    assert "withdrawn by 小工, 2026" in words(page(stall))
    assert Client().get(shown).status_code == 404
    assert "/photos/" not in Client().get(f"/lots/{stall.lot.id}/").content.decode()
    assert browser(stall.chief).get(address).status_code == 200


def test_others_find_nothing_there(stall: Stall) -> None:
    other = make_stall()
    paper = make_lot_file(stall.lot, by=stall.chief, kind=FileKind.SHEET)
    addresses = [
        f"/coop/lots/{stall.lot.id}/files/{paper.id}/",
        f"/coop/lots/{other.lot.id}/files/{paper.id}/",  # the other's own lot, and this one's paper
        f"/lots/{stall.lot.id}/photos/{paper.id}/",
    ]
    for person in (other.chief, stall.presenter):
        assert [browser(person).get(one).status_code for one in addresses] == [404, 404, 404]
        assert send(stall, photo(), client=browser(person)).status_code == 404
        assert browser(person).post(f"{addresses[0]}withdraw/").status_code == 404
    assert Client().get(addresses[0]).status_code == 302
    assert len(catalog.files_of_lot(lot_id=stall.lot.id)) == 1


def test_the_page_is_chinese_to_its_last_word(stall: Stall) -> None:
    gone = make_lot_file(stall.lot, by=stall.chief, kind=FileKind.SHEET, name="单.jpg")
    make_lot_file(stall.lot, by=stall.chief, public=True, name="园.jpg")
    browser(stall.chief).post(f"/coop/lots/{stall.lot.id}/files/{gone.id}/withdraw/")
    shown = page(stall, **CHINESE).content.decode()
    part = shown[shown.index('id="files"') :].replace("单.jpg", "").replace("园.jpg", "")
    assert english_in(f"<p {part}") == []


def test_a_large_picture_passes_the_edge_here_and_nowhere_else() -> None:
    assert sizes.most("/coop/lots/7/files/") == 16 * 2**20
    for elsewhere in (
        "/coop/lots/7/",
        "/coop/lots/x/files/",
        "/coop/lots/7/files/1/withdraw/",
        "/lots/7/files/",
    ):
        assert sizes.most(elsewhere) == sizes.ORDINARY
