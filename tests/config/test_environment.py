"""Settings read from the environment, and written back for child processes."""

from dataclasses import replace
from pathlib import Path

import pytest

from fieldcast.config import environment


def test_what_is_unset_has_a_safe_default(tmp_path: Path) -> None:
    env = environment.read({"FIELDCAST_HOME": str(tmp_path)})
    assert (env.host, env.port, env.provider_port, env.language) == ("127.0.0.1", 8000, 8001, "zh-hans")
    assert not env.demo
    assert not env.sandbox
    assert not env.https


def test_a_child_process_reads_the_very_same_settings(tmp_path: Path) -> None:
    env = environment.read({"FIELDCAST_HOME": str(tmp_path), "FIELDCAST_DEMO": "1", "FIELDCAST_PORT": "8123"})
    changed = replace(env, database_url="postgresql://u:p@h/d", workers=3, language="en", hold_seconds=20)
    assert environment.read(environment.variables(env)) == env
    assert environment.read(environment.variables(changed)) == changed


def test_a_number_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="FIELDCAST_WORKERS"):
        environment.read({"FIELDCAST_HOME": str(tmp_path), "FIELDCAST_WORKERS": "two"})


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = environment.read({"FIELDCAST_HOME": str(tmp_path)})
    second = environment.read({"FIELDCAST_HOME": str(tmp_path)})
    assert first.secret_key == second.secret_key != first.field_key
    for kept in (tmp_path / "secrets").iterdir():
        assert kept.stat().st_mode & 0o077 == 0
