"""The command line: quick to help, plain when something is wrong."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from fieldcast import __version__, commands

pytestmark = pytest.mark.thorough  # every test runs the command in a process of its own


def fieldcast(*arguments: str, home: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("FIELDCAST_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "fieldcast.cli", *arguments],
        env={**clean, "FIELDCAST_HOME": str(home), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_command_and_loads_none(tmp_path: Path) -> None:
    shown = fieldcast("--help", home=tmp_path)
    assert shown.returncode == 0
    for listed in commands.listed():
        assert listed.name in shown.stdout
        assert listed.line, f"{listed.module} does not say what it does"


def test_listing_the_commands_loads_neither_them_nor_django() -> None:
    code = "import sys; from fieldcast.cli import build; build(); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "fieldcast.commands" in loaded
    assert "fieldcast.commands.up" not in loaded
    assert "django.db" not in loaded


@pytest.mark.parametrize("listed", list(commands.listed()), ids=lambda listed: listed.name)
def test_every_command_explains_itself(listed: commands.Listed, tmp_path: Path) -> None:
    shown = fieldcast(listed.name, "--help", home=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert f"fieldcast {listed.name}" in shown.stdout


def test_the_version_is_printed(tmp_path: Path) -> None:
    assert fieldcast("version", home=tmp_path).stdout.strip() == __version__


@pytest.mark.parametrize(
    ("language", "sentence"), [("zh", "端口已被占用"), ("en", "is already in use")], ids=["zh", "en"]
)
def test_a_problem_is_one_sentence_in_the_language_asked_for(
    language: str, sentence: str, tmp_path: Path
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        refused = fieldcast("up", "--port", port, "--language", language, home=tmp_path)
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert port in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "variables", "named"),
    [
        (["up", "--language", "fr"], {}, "fr"),
        (["up"], {"FIELDCAST_PORT": "eight"}, "FIELDCAST_PORT"),
        (["check"], {"FIELDCAST_PORT": "99999"}, "65535"),
        (["up"], {"FIELDCAST_HOLD_SECONDS": "7200"}, "3600"),
        (["demo", "--port", "8119", "--provider-port", "8119"], {}, "FIELDCAST_PROVIDER_PORT"),
        (["up"], {"FIELDCAST_HOST": "203.0.113.9"}, "203.0.113.9"),
        (["migrate"], {"FIELDCAST_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}, "127.0.0.1:9/none"),
        (
            ["demo", "--reset"],
            {"FIELDCAST_DATABASE_URL": "postgresql://u@127.0.0.1:9/none"},
            "FIELDCAST_DATABASE_URL",
        ),
    ],
)
def test_what_cannot_be_used_is_named(
    arguments: list[str], variables: dict[str, str], named: str, tmp_path: Path
) -> None:
    refused = fieldcast(
        *arguments, home=tmp_path, FIELDCAST_PORT=variables.pop("FIELDCAST_PORT", "8119"), **variables
    )
    assert refused.returncode == 1
    assert named in refused.stderr
    assert "已被占用" not in refused.stderr
    assert "Traceback" not in refused.stderr


def test_orders_are_not_brought_into_a_directory_without_data_and_none_is_made(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    file = tmp_path / "orders.csv"
    file.write_text("number\n1\n")
    refused = fieldcast("import", "orders", str(file), "--format", "generic", home=elsewhere)
    assert refused.returncode == 1
    assert str(elsewhere) in refused.stderr
    assert "--home" in refused.stderr
    assert not elsewhere.exists()


def test_comments_that_cannot_be_read_leave_nothing_on_standard_output(tmp_path: Path) -> None:
    refused = fieldcast("rehearse", "--json", "--comments", str(tmp_path / "none.csv"), home=tmp_path)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr


def test_a_public_site_passes_the_deployment_check(tmp_path: Path) -> None:
    checked = fieldcast("check", "--deploy", home=tmp_path, FIELDCAST_PUBLIC_URL="https://county.example")
    assert checked.returncode == 0, checked.stderr


def test_a_site_without_tls_does_not_pass_the_deployment_check(tmp_path: Path) -> None:
    checked = fieldcast("check", "--deploy", home=tmp_path)
    assert checked.returncode == 1
    assert "SECURE_SSL_REDIRECT" in checked.stderr


@pytest.mark.parametrize(
    "variables",
    [{"FIELDCAST_DEMO": "1"}, {"FIELDCAST_FIELD_KEY": "short"}, {"FIELDCAST_SECRET_KEY": "short"}],
    ids=lambda variables: next(iter(variables)),
)
def test_a_site_open_to_everyone_or_with_a_short_key_does_not_pass_the_deployment_check(
    variables: dict[str, str], tmp_path: Path
) -> None:
    checked = fieldcast(
        "check", "--deploy", home=tmp_path, FIELDCAST_PUBLIC_URL="https://county.example", **variables
    )
    assert checked.returncode == 1
    assert next(iter(variables)) in checked.stderr


def test_whoever_tries_things_out_may_do_so_with_open_doors_and_short_keys(tmp_path: Path) -> None:
    ordinary = fieldcast(
        "check", home=tmp_path, FIELDCAST_DEMO="1", FIELDCAST_FIELD_KEY="short", FIELDCAST_SECRET_KEY="short"
    )
    assert ordinary.returncode == 0, ordinary.stderr
