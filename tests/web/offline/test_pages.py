"""What the platform serves for a phone without a signal, and what it lets it keep."""

import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from fieldcast.kit import once
from fieldcast.kit.models import Claim
from fieldcast.trace import queries as trace
from fieldcast.web.offline import shell
from tests.factories.accounts import make_county, make_person
from tests.factories.market import make_stall
from tests.web.shared.desk import browser

pytestmark = pytest.mark.django_db


def test_the_worker_stands_at_the_root_and_names_a_shell_that_is_all_there(client: Client) -> None:
    answer = client.get("/worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in answer["Cache-Control"]
    first, _, rest = answer.content.decode().partition("\n")
    said = json.loads(first.removeprefix("const SHELL = ").removesuffix(";"))
    assert said["version"] == shell.version()
    assert {"/static/fieldcast/offline/kit.js", "/static/vendor/idb/index.js"} <= set(said["parts"])
    assert said["pages"] == ["/offline/zh-hans/", "/offline/en/"]
    assert 'addEventListener("fetch"' in rest
    for page in said["pages"]:
        assert client.get(page).status_code == 200


def test_every_script_that_a_kept_script_imports_is_kept() -> None:
    kept = shell.parts()
    for name, path in shell._files().items():
        if path.suffix != ".js" or name.startswith("vendor/") or name == shell.WORKER:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("import ") or '"' not in line:
                continue
            wanted = (path.parent / line.split('"')[1]).resolve()
            found = [part for part in kept if part.rsplit("/", 1)[1] == wanted.name]
            assert found, f"{name} imports {wanted.name}"


def test_another_shell_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shell.version()
    added = tmp_path / "added.js"
    added.write_text("export {};\n")
    files = {**shell._files(), "fieldcast/offline/added.js": added}
    monkeypatch.setattr(shell, "_files", lambda: files)
    assert shell.version.__wrapped__() != before


def test_the_phones_page_is_the_same_for_everyone_in_both_languages(client: Client) -> None:
    assert "这台手机上" in client.get("/offline/zh-hans/").content.decode()
    assert "On this phone" in client.get("/offline/en/").content.decode()
    assert client.get("/offline/fr/").status_code == 404
    page = browser(make_person(county_id=make_county())).get("/offline/").content.decode()
    assert 'name="person"' not in page


def test_a_records_form_may_be_kept_for_whoever_may_fill_it_in() -> None:
    stall = make_stall()
    address = f"/coop/lots/{stall.lot.id}/events/stored/"
    answer = browser(stall.chief).get(address)
    assert answer["Offline-Owner"] == str(stall.chief.pk)
    assert stall.lot.code in unquote(answer["Offline-Title"])
    assert answer["Cache-Control"] == "no-store"
    refused = browser(stall.chief).post(address, {})
    assert refused.status_code == 422
    assert "Offline-Owner" not in refused
    assert "Offline-Owner" not in browser(make_person(county_id=stall.county_id)).get(address)


def test_a_record_is_written_in_nobody_elses_name() -> None:
    stall = make_stall()
    address = f"/coop/lots/{stall.lot.id}/events/stored/"
    form = {"at": "2026-11-22T13:30", "store": "镇冷库", "once": "5f0c3a52-8e2b-4e0c-9a53-0f6f5a1d2c12"}
    sent = browser(stall.chief).post(address, form, headers={"Record-Writer": str(stall.chief.pk + 1)})
    assert sent.status_code == 403
    assert [event.kind for event in trace.history(lot_id=stall.lot.id).events] == ["harvested"]
    own = browser(stall.chief).post(address, form, headers={"Record-Writer": str(stall.chief.pk)})
    assert own.status_code == 302


def test_a_records_key_stands_for_it_as_long_as_a_phone_may_be_away() -> None:
    stall = make_stall()
    client, address = browser(stall.chief), f"/coop/lots/{stall.lot.id}/events/stored/"
    form = {"at": "2026-11-22T13:30", "store": "镇冷库", "once": "5f0c3a52-8e2b-4e0c-9a53-0f6f5a1d2c11"}
    sent = client.post(address, form)
    assert Claim.objects.get(key=form["once"]).until > timezone.now() + once.KEPT_FOR_PHONES - timedelta(
        hours=1
    )
    assert client.post(address, form)["Location"] == sent["Location"] == f"/coop/lots/{stall.lot.id}/"
    assert [event.kind for event in trace.history(lot_id=stall.lot.id).events] == ["harvested", "stored"]


@override_settings(LANGUAGES=[("zh-hans", "中文")])
def test_a_house_of_one_language_keeps_one_page() -> None:
    assert shell.pages() == ("/offline/zh-hans/",)
