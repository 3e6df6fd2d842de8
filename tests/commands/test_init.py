"""`fieldcast init` makes a county and its first people on an empty installation, or says at once why not."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from fieldcast.accounts import queries as accounts
from fieldcast.accounts import trails
from fieldcast.accounts.models import County, OfficeDeed, Organisation, Person, Village
from fieldcast.accounts.office import problems
from fieldcast.accounts.operations import BadPhone, PhoneTaken
from fieldcast.accounts.types import Role
from fieldcast.commands import _init_county as command
from fieldcast.kit.errors import Problem
from fieldcast.kit.said import SaysNothing
from tests import ground
from tests.factories.accounts import NOW, make_county, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.scene("bare")]
PASSWORD = "chunfen-2026-HW"
SAID = {
    "county": "河湾县",
    "county_en": "Hewan County",
    "code": "hewan",
    "admin_name": "孟晓东",
    "admin_phone": "138 1234 5678",
}
NOTHING: dict[str, str | None] = dict.fromkeys(SAID)


class Desk:
    """A terminal somebody sits at, who types these answers one after the other."""

    def __init__(self, *answers: str, attended: bool = True) -> None:
        self.answers, self.out, self.err = list(answers), "", ""
        self.asked: list[str] = []
        self.terminal = command.Terminal(
            attended=attended,
            ask=self._ask,
            ask_hidden=self._ask,
            read_all=lambda: "\n".join(self.answers) + "\n",
            say=self._say,
            complain=self._complain,
        )

    def _ask(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0)

    def _say(self, line: str) -> None:
        self.out += f"{line}\n"

    def _complain(self, line: str) -> None:
        self.err += f"{line}\n"

    def run(self, given: dict[str, str | None] | dict[str, str], **options: Any) -> None:
        chosen: dict[str, Any] = {
            "password_stdin": False, "service_centre": "", "authority": "", "villages": None,
            "beside_another": False, "as_json": False, "url": "http://127.0.0.1:8000", "url_is_said": True, **options,
        }  # fmt: skip
        command.run(given=given, now=NOW, terminal=self.terminal, **chosen)


def test_everything_is_said_by_options_and_made_at_once(tmp_path: Path) -> None:
    file = tmp_path / "村.txt"
    file.write_text("河湾村,Hewan village\n\n青石村\t Qingshi village\n柳溪村\n", encoding="gb18030")
    desk = Desk(PASSWORD, attended=False)
    desk.run(
        SAID,
        password_stdin=True,
        villages=file,
        service_centre="河湾县电商服务中心",
        authority="河湾县农业农村局",
    )
    county = accounts.default_county()
    assert county is not None
    assert (county.code, county.name, county.name_en) == ("hewan", "河湾县", "Hewan County")
    boss = Person.objects.get()
    assert (boss.phone, boss.is_staff, boss.is_superuser) == ("13812345678", True, True)
    assert boss.check_password(PASSWORD)
    held = accounts.memberships_of(person_id=boss.pk)
    assert [(one.organisation.code, one.role) for one in held] == [("SC", Role.OWNER), ("GOV", Role.OWNER)]
    assert list(Village.objects.order_by("id").values_list("name", "name_en")) == [
        ("河湾村", "Hewan village"), ("青石村", "Qingshi village"), ("柳溪村", "")
    ]  # fmt: skip
    assert "河湾县" in desk.out
    assert "fieldcast up" in desk.out
    assert "http://127.0.0.1:8000/office/" in desk.out
    assert PASSWORD not in desk.out
    assert OfficeDeed.objects.filter(kind="county_made", by=boss).exists()
    assert trails.broken().figure == 0


def test_on_a_terminal_it_asks_until_each_answer_can_be_used() -> None:
    desk = Desk(
        "", "河湾县", "", "he wan!", "hewan", " ", "孟晓东", "12345", "13812345678",
        "13812345678", "password", PASSWORD, "otherwise", PASSWORD, PASSWORD,
    )  # fmt: skip
    desk.run(NOTHING)
    assert desk.answers == []
    assert len(desk.err.splitlines()) == 7
    assert "he wan!" in desk.err
    assert Person.objects.get().display_name == "孟晓东"
    assert County.objects.get().name_en == ""


def test_only_what_no_option_says_is_asked() -> None:
    desk = Desk("孟晓东", PASSWORD, PASSWORD)
    desk.run({**SAID, "admin_name": None})
    assert len(desk.asked) == 3
    assert County.objects.count() == 1


def test_where_nobody_can_be_asked_what_is_missing_is_named() -> None:
    with pytest.raises(command.NotSaid, match="--admin-phone") as refused:
        Desk(attended=False).run({**SAID, "admin_phone": None, "code": None}, password_stdin=True)
    assert "--code" in str(refused.value)
    with pytest.raises(command.NotSaid, match="--password-stdin"):
        Desk(attended=False).run(SAID)


def test_the_password_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(command.PASSWORD, PASSWORD)
    Desk(attended=False).run(SAID)
    assert Person.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"county": "\u200b"}, SaysNothing),
        ({"code": "河湾"}, problems.BadCode),
        ({"admin_name": " "}, SaysNothing),
        ({"admin_phone": "123"}, BadPhone),
        ({"password": "12345678"}, problems.WeakPassword),
        ({"password": "13812345678"}, problems.WeakPassword),
        ({"password": ""}, SaysNothing),
    ],
)
def test_bad_input_is_refused_and_leaves_nothing(wrong: dict[str, str], refusal: type[Problem]) -> None:
    password = wrong.get("password", PASSWORD)
    given = {**SAID, **{name: value for name, value in wrong.items() if name != "password"}}
    with pytest.raises(refusal):
        Desk(password, attended=False).run(given, password_stdin=True)
    assert not County.objects.exists()
    assert not Person.objects.exists()


def twice(path: Path) -> None:
    path.write_text("河湾村\n河湾村\n")


def nothing(path: Path) -> None:
    path.write_text("\n , \n")


def a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff")


@pytest.mark.parametrize(
    ("write", "refusal"),
    [
        (twice, problems.NameTaken),
        (nothing, command.VillagesNotRead),
        (a_picture, command.VillagesNotRead),
        (lambda path: None, command.VillagesNotRead),
    ],
)
def test_villages_that_cannot_be_used_leave_nothing(
    write: Callable[[Path], None], refusal: type[Problem], tmp_path: Path
) -> None:
    write(tmp_path / "villages")
    with pytest.raises(refusal):
        Desk(PASSWORD, attended=False).run(SAID, password_stdin=True, villages=tmp_path / "villages")
    assert not County.objects.exists()
    assert not Village.objects.exists()


def test_what_comes_next_names_no_port_that_nobody_said_and_a_code_in_small_letters() -> None:
    desk = Desk(PASSWORD, attended=False)
    with translation.override("zh-hans"), pytest.raises(command.VillagesNotRead, match="没有这个文件"):
        desk.run(SAID, password_stdin=True, villages=Path("/nowhere/at/all"))
    desk = Desk(PASSWORD, attended=False)
    desk.run({**SAID, "code": "LH"}, password_stdin=True, url_is_said=False)
    assert "8000" not in desk.out
    assert "代码一律记成小写：lh。" in desk.out


def test_a_short_password_is_told_its_length_once() -> None:
    with pytest.raises(problems.WeakPassword) as refused:
        Desk("dung3", attended=False).run(SAID, password_stdin=True)
    assert len(re.findall("8|eight", str(refused.value))) == 1


def test_where_a_county_stands_it_says_which_and_asks_nothing() -> None:
    make_county("青山县")
    desk = Desk()
    with pytest.raises(problems.CountyStands, match="青山县") as refused:
        desk.run(NOTHING)
    assert "--add" in str(refused.value)
    assert desk.asked == []


def test_another_county_stands_beside_it_with_people_of_its_own() -> None:
    first = make_person(county_id=make_county("青山县"))
    Desk(PASSWORD, attended=False).run(SAID, password_stdin=True, beside_another=True, authority="农业农村局")
    new = County.objects.get(code="hewan")
    assert Person.objects.get(pk=first.pk).county_id != new.pk
    assert Organisation.objects.get().county_id == new.pk
    with pytest.raises(problems.CodeTaken):
        Desk(PASSWORD, attended=False).run(
            {**SAID, "admin_phone": "13800000001"}, password_stdin=True, beside_another=True
        )
    with pytest.raises(PhoneTaken):
        Desk(PASSWORD, attended=False).run(SAID, password_stdin=True, beside_another=True)


def test_whoever_registered_before_there_was_a_county_belongs_to_the_first() -> None:
    early = Person.objects.create_user(phone="13900000000", display_name="早到")
    Desk(PASSWORD, attended=False).run(SAID, password_stdin=True)
    early.refresh_from_db()
    assert early.county_id == County.objects.get().pk


def test_programs_are_told_in_json() -> None:
    desk = Desk(PASSWORD, attended=False)
    desk.run(SAID, password_stdin=True, as_json=True, service_centre="服务中心")
    told = json.loads(desk.out)
    assert told["county"]["code"] == "hewan"
    assert told["organisations"][0]["code"] == "SC"
    assert PASSWORD not in desk.out


@pytest.mark.thorough  # starts the command, with a database of its own
def test_the_command_makes_a_county_and_then_refuses_another(tmp_path: Path) -> None:
    ground.seed(tmp_path)
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("FIELDCAST_", "DJANGO_"))
    }
    options = [
        "--county",
        "河湾县",
        "--code",
        "hewan",
        "--admin-name",
        "孟晓东",
        "--admin-phone",
        "13812345678",
    ]

    def init(*more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "fieldcast.cli", "init", *options, "--password-stdin", *more],
            env={**clean, "FIELDCAST_HOME": str(tmp_path), "FIELDCAST_LANGUAGE": "zh"},
            input=PASSWORD, capture_output=True, text=True, check=False,
        )  # fmt: skip

    made = init("--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["county"]["name"] == "河湾县"
    refused = init()
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "河湾县" in refused.stderr
    assert "--add" in refused.stderr
    assert "Traceback" not in refused.stderr
