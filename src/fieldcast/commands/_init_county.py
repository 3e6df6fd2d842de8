"""What `fieldcast init` asks, makes and says."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import Final

import typer
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.office import operations as office_operations
from fieldcast.accounts.office.operations import Founded
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.said import SaysNothing, must_say, said

PASSWORD: Final = "FIELDCAST_ADMIN_PASSWORD"  # noqa: S105 — where it is read from
MOST_VILLAGES: Final = 2000
# (name, the question, what option says it, must it be said?)
QUESTIONS: Final[tuple[tuple[str, Sentence, str, bool], ...]] = (
    ("county", _("Name of the county (such as 河湾县)"), "--county", True),
    ("county_en", _("Its name in English (may be left empty)"), "--county-en", False),
    ("code", _("A short code of letters and digits, which stays for good (such as hewan)"), "--code", True),
    ("admin_name", _("The administrator's name, as others see it"), "--admin-name", True),
    ("admin_phone", _("The mobile number the administrator signs in with"), "--admin-phone", True),
)


class NotSaid(Problem):
    """Something is missing and nobody is there to be asked."""

    code = "not_said"
    sentence = _("Not everything was said that is needed: %(options)s.")
    next_step = _("Give these options, or run the command on a terminal, where it asks.")


class NotTheSame(Problem):
    """The password was typed otherwise the second time."""

    code = "not_the_same"
    sentence = _("The two passwords are not the same.")
    next_step = _("Type it again.")


class VillagesNotRead(Problem):
    """The file of villages cannot be used."""

    code = "villages_not_read"
    sentence = _("The villages in %(file)s cannot be read: %(reason)s.")
    next_step = _("Write one village a line, its English name after a comma, as plain text.")


@dataclass(frozen=True)
class Terminal:
    """Who can be asked, and where things are said. `attended`: somebody sits there."""

    attended: bool
    ask: Callable[[str], str]
    ask_hidden: Callable[[str], str]
    read_all: Callable[[], str]
    say: Callable[[str], None]
    complain: Callable[[str], None]


def this_terminal() -> Terminal:
    """The one this process was started on."""
    return Terminal(
        attended=sys.stdin.isatty(),
        ask=lambda question: str(typer.prompt(question, default="", show_default=False)),
        ask_hidden=lambda question: getpass(f"{question}: "),
        read_all=sys.stdin.read,
        say=typer.echo,
        complain=lambda line: typer.echo(line, err=True),
    )


def run(
    *,
    given: Mapping[str, str | None],
    password_stdin: bool,
    service_centre: str,
    authority: str,
    villages: Path | None,
    beside_another: bool,
    as_json: bool,
    url: str,
    url_is_said: bool,
    now: datetime,
    terminal: Terminal,
) -> None:
    """Ask what was not said, make everything in one transaction, say what comes next. Raises what stands in the way.

    Where `url_is_said` by the settings, it is where people sign in; otherwise `up` may be given another port, and says.
    """
    office_operations.standing_county(beside_another=beside_another)
    found = read_villages(villages) if villages else ()
    asked = _answers(given, terminal)
    password = _password(asked["admin_phone"], from_stdin=password_stdin, terminal=terminal)
    made = office_operations.found_county(
        code=asked["code"],
        name=asked["county"],
        name_en=asked["county_en"],
        admin_name=asked["admin_name"],
        admin_phone=asked["admin_phone"],
        password=password,
        service_centre=service_centre,
        authority=authority,
        villages=found,
        beside_another=beside_another,
        now=now,
    )
    if as_json:
        terminal.say(json.dumps(_facts(made, url), ensure_ascii=False))
        return
    _tell(made, typed=asked["code"], url=url if url_is_said else "", say=terminal.say)


def read_villages(path: Path) -> tuple[tuple[str, str], ...]:
    """Names with their English ones, which may be empty. UTF-8 or GB18030. Raises `VillagesNotRead`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise VillagesNotRead(file=path, reason=_why_not(error)) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    if "\ufffd" in text or "\x00" in text:
        raise VillagesNotRead(file=path, reason=gettext("it is not text"))
    lines = [line.replace("，", ",").replace("\t", ",") for line in text.splitlines()]
    pairs = [(said(name), said(name_en)) for name, _comma, name_en in (line.partition(",") for line in lines)]
    found = tuple((name, name_en) for name, name_en in pairs if name)
    if not found:
        raise VillagesNotRead(file=path, reason=gettext("there is no name in it"))
    if len(found) > MOST_VILLAGES:
        raise VillagesNotRead(file=path, reason=gettext("it has too many lines"))
    return found


def _why_not(error: OSError) -> str:
    """Why a file cannot be opened, in the reader's language: the system says it in its own."""
    if isinstance(error, FileNotFoundError):
        return gettext("there is no such file")
    if isinstance(error, PermissionError):
        return gettext("it may not be read")
    return (
        gettext("it is not a file") if isinstance(error, IsADirectoryError) else str(error.strerror or error)
    )


def _answers(given: Mapping[str, str | None], terminal: Terminal) -> dict[str, str]:
    """What was said by options, looked at before anything is asked; then the rest, asked until it can be used."""
    options = {name: option for name, _question, option, _needed in QUESTIONS}
    for name, value in given.items():
        if value is not None:
            _check(name, value, field=options[name])
    missing = [option for name, _q, option, needed in QUESTIONS if given[name] is None and needed]
    if missing and not terminal.attended:
        raise NotSaid(options=", ".join(missing))
    answers = {}
    for name, question, _option, _needed in QUESTIONS:
        value = given[name]
        if value is None:
            value = _ask(name, str(question), terminal) if terminal.attended and missing else ""
        answers[name] = value
    return answers


def _ask(name: str, question: str, terminal: Terminal) -> str:
    while True:
        answer = terminal.ask(question)
        try:
            _check(name, answer, field=question)
        except Problem as problem:
            terminal.complain(str(problem))
        else:
            return answer


def _check(name: str, value: str, *, field: str) -> None:
    """Raises what is wrong with one answer."""
    if name == "code":
        office_operations.checked_code(value)
    elif name == "admin_phone":
        office_operations.checked_phone(value)
    elif name != "county_en":
        must_say(value, field=field)


def _password(phone: str, *, from_stdin: bool, terminal: Terminal) -> str:
    """From standard input, from the environment, or typed twice where nobody sees it."""
    if from_stdin:
        return _good(terminal.read_all().removesuffix("\n").removesuffix("\r"), phone)
    if (kept := os.environ.get(PASSWORD)) is not None:
        return _good(kept, phone)
    if not terminal.attended:
        raise NotSaid(options=f"--password-stdin, {PASSWORD}")
    while True:
        typed = terminal.ask_hidden(gettext("A password for the administrator"))
        try:
            _good(typed, phone)
            if terminal.ask_hidden(gettext("The same once more")) != typed:
                raise NotTheSame
        except Problem as problem:
            terminal.complain(str(problem))
        else:
            return typed


def _good(password: str, phone: str) -> str:
    if not password:
        raise SaysNothing(field=gettext("password"))
    office_operations.checked_password(password, phone=phone)
    return password


def _tell(made: Founded, *, typed: str, url: str, say: Callable[[str], None]) -> None:
    names = {"county": made.county.name, "name": made.administrator}
    say(gettext("%(county)s stands, and %(name)s administers it.") % names)
    if made.county.code != said(typed):
        say(gettext("Codes are kept in small letters: %(code)s.") % {"code": made.county.code})
    for one in made.organisations:
        named = {"organisation": one.name, "code": one.code, "name": made.administrator}
        say(gettext("Made %(organisation)s (%(code)s), owned by %(name)s.") % named)
    if made.villages:
        many = ngettext("%(n)s village is in it.", "%(n)s villages are in it.", made.villages)
        say(many % {"n": made.villages})
    if not url:
        say(
            gettext(
                "Next: run `fieldcast up`, unless it runs already, open the address it printed and sign in."
            )
        )
        say(gettext("Everything else is made at its /office/."))
        return
    for line in (
        gettext("Next: run `fieldcast up`, unless it runs already, and sign in at %(url)s/accounts/login/."),
        gettext("Everything else is made at %(url)s/office/."),
    ):
        say(line % {"url": url})


def _facts(made: Founded, url: str) -> dict[str, object]:
    return {
        "county": {
            "id": made.county.id,
            "code": made.county.code,
            "name": made.county.name,
            "name_en": made.county.name_en,
        },
        "administrator": {"id": made.administrator_id, "name": made.administrator},
        "organisations": [
            {"id": one.id, "kind": one.kind.value, "code": one.code, "name": one.name}
            for one in made.organisations
        ],
        "villages": made.villages,
        "url": url,
    }
