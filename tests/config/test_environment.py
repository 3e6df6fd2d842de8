"""Settings read from the environment, and written back for child processes."""

from dataclasses import replace
from pathlib import Path

import pytest

from fieldcast.config import environment
from fieldcast.config.runner import Platform


def test_what_is_unset_has_a_safe_default(tmp_path: Path) -> None:
    env = environment.read({"FIELDCAST_HOME": str(tmp_path)})
    assert (env.host, env.port, env.provider_port, env.language) == ("127.0.0.1", 8000, 8001, "zh-hans")
    assert not env.demo
    assert not env.sandbox
    assert not env.https


def test_a_child_process_reads_the_very_same_settings(tmp_path: Path) -> None:
    env = environment.read({"FIELDCAST_HOME": str(tmp_path), "FIELDCAST_DEMO": "1", "FIELDCAST_PORT": "8123"})
    changed = replace(
        env,
        database_url="postgresql://u:p@h/d",
        database_owner_url="postgresql://o:p@h/d",
        workers=3,
        language="en",
        viewers=5,
        hold_seconds=20,
    )
    assert environment.read(environment.variables(env)) == env
    assert environment.read(environment.variables(changed)) == changed


@pytest.mark.parametrize(("demo", "viewers"), [("1", 7), ("0", 0)])
def test_invented_viewers_come_in_the_demo_alone(tmp_path: Path, demo: str, viewers: int) -> None:
    asked = {"FIELDCAST_HOME": str(tmp_path), "FIELDCAST_DEMO": demo, "FIELDCAST_DEMO_VIEWERS": "7"}
    env = environment.read(asked)
    assert env.viewers == viewers
    company = [one for one in Platform(environment=env)._programs() if one.name == "viewers"]
    assert len(company) == (1 if viewers else 0)
    # it is no reason to end the platform, and no list ends it
    assert not any(one.vital or one.for_a_while for one in company)


def test_a_number_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="FIELDCAST_WORKERS"):
        environment.read({"FIELDCAST_HOME": str(tmp_path), "FIELDCAST_WORKERS": "two"})


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = environment.read({"FIELDCAST_HOME": str(tmp_path)})
    second = environment.read({"FIELDCAST_HOME": str(tmp_path)})
    assert first.secret_key == second.secret_key != first.field_key
    for kept in (tmp_path / "secrets").iterdir():
        assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FIELDCAST_PORT", "0"),
        ("FIELDCAST_PORT", "99999"),
        ("FIELDCAST_PORT", "²"),
        ("FIELDCAST_PORT", "9" * 5000),
        ("FIELDCAST_PROVIDER_PORT", "8000"),
        ("FIELDCAST_PROVIDER_PORT", "65536"),
        ("FIELDCAST_WORKERS", "0"),
        ("FIELDCAST_HOLD_SECONDS", "0"),
        ("FIELDCAST_HOLD_SECONDS", "3601"),
        ("FIELDCAST_AFTER_SALE_SECONDS", "99999999"),
        ("FIELDCAST_DATABASE_URL", "mysql://u@h/d"),
        ("FIELDCAST_DATABASE_URL", "postgresql://u@h:port/d"),
        ("FIELDCAST_DATABASE_URL", "nonsense"),
        ("FIELDCAST_PUBLIC_URL", "live.example.org"),
        ("FIELDCAST_PUBLIC_URL", "ftp://live.example.org"),
        ("FIELDCAST_PUBLIC_URL", "https://"),
        ("FIELDCAST_PROVIDER_URL", "127.0.0.1:8001"),
        ("FIELDCAST_DEMO", "yes"),
        ("FIELDCAST_SANDBOX", "true"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name_in_the_readers_language(
    variable: str, value: str, tmp_path: Path
) -> None:
    with pytest.raises(environment.BadSetting) as refused:
        environment.read({"FIELDCAST_HOME": str(tmp_path), variable: value})
    assert refused.value.message.startswith(f"{variable} 不能是“")
    assert not (tmp_path / "secrets").exists()


def test_a_database_url_that_is_refused_does_not_show_its_password(tmp_path: Path) -> None:
    with pytest.raises(environment.BadSetting) as refused:
        environment.read({"FIELDCAST_HOME": str(tmp_path), "FIELDCAST_DATABASE_URL": "mysql://u:hunter2@h/d"})
    assert "hunter2" not in str(refused.value)


def test_what_is_switched_off_or_empty_is_as_unset(tmp_path: Path) -> None:
    unset = environment.read({"FIELDCAST_HOME": str(tmp_path)})
    empty = dict.fromkeys(environment.variables(unset), "")
    off = {"FIELDCAST_DEMO": "0", "FIELDCAST_SANDBOX": "0", "FIELDCAST_LANGUAGE": "zh-hans"}
    assert environment.read({**empty, **off, "FIELDCAST_HOME": str(tmp_path)}) == unset


def test_the_last_port_has_its_provider_one_below(tmp_path: Path) -> None:
    env = environment.read({"FIELDCAST_HOME": str(tmp_path), "FIELDCAST_PORT": "65535"})
    assert env.provider_port == 65534
