"""Make a county and its first administrator on an empty installation.

Asks on a terminal for what no option says; everything is made at once, or nothing.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from fieldcast.commands import _options

app = typer.Typer(add_completion=False)


@app.command()
def init(
    *,
    county: Annotated[str | None, typer.Option("--county", help="The county's name, such as 河湾县.")] = None,
    county_en: Annotated[
        str | None, typer.Option("--county-en", help="Its name in English, such as Hewan County.")
    ] = None,
    code: Annotated[
        str | None, typer.Option("--code", help="Its code: letters, digits, hyphens. It stays for good.")
    ] = None,
    admin_name: Annotated[
        str | None, typer.Option("--admin-name", help="The administrator's name, as others see it.")
    ] = None,
    admin_phone: Annotated[
        str | None, typer.Option("--admin-phone", help="The mobile number the administrator signs in with.")
    ] = None,
    password_stdin: Annotated[
        bool,
        typer.Option(
            "--password-stdin",
            help="Read the password from standard input (default: FIELDCAST_ADMIN_PASSWORD, else ask).",
        ),
    ] = False,
    service_centre: Annotated[
        str | None,
        typer.Option("--service-centre", metavar="NAME", help="Also make the county's service centre."),
    ] = None,
    authority: Annotated[
        str | None, typer.Option("--authority", metavar="NAME", help="Also make the county's authority.")
    ] = None,
    villages: Annotated[
        Path | None,
        typer.Option("--villages", help="A file of villages, one a line, its English name after a comma."),
    ] = None,
    add: Annotated[
        bool, typer.Option("--add", help="Make the county beside the one that is there already.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object instead of sentences.")
    ] = False,
    home: _options.Home = None,
    language: _options.Language = None,
) -> None:
    """Make a county and its first administrator on an empty installation: everything at once, or nothing.

    Asks on a terminal for what no option says. The password is never an option.
    """
    from fieldcast.config import messages, provision, setup  # noqa: PLC0415 — help should not wait for any of these

    env = _options.read(home=home, language=language)
    messages.compile_stale()
    setup.django(env)
    provision.bring_database_up_to_date()
    from fieldcast.commands import _init_county  # noqa: PLC0415 — Django is ready only now

    _init_county.run(
        given={
            "county": county,
            "county_en": county_en,
            "code": code,
            "admin_name": admin_name,
            "admin_phone": admin_phone,
        },
        password_stdin=password_stdin,
        service_centre=service_centre or "",
        authority=authority or "",
        villages=villages,
        beside_another=add,
        as_json=as_json,
        url=env.public_url,
        url_is_said=bool({"FIELDCAST_PUBLIC_URL", "FIELDCAST_PORT"} & os.environ.keys()),
        now=datetime.now(UTC),
        terminal=_init_county.this_terminal(),
    )
