"""What installs Debian's packages waits for another installation, and only for that."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci" / "apt"
LOCKED = "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 4711 (apt-get)"
MISSING = "E: Unable to locate package nosuch"


def install(folder: Path, *, says: str, times: int, patience: int = 60) -> tuple[int, str]:
    """Run it where `apt-get` says so this many times before it does what it is asked; what came of it."""
    programs = {
        "id": "echo 0\n",
        "apt-get": f"""echo x >> {folder}/asked
[ "$(wc -l < {folder}/asked)" -gt {times} ] || {{ echo "{says}"; exit 100; }}
""",
    }
    for name, text in programs.items():
        (folder / name).write_text("#!/usr/bin/env bash\n" + text)
        (folder / name).chmod(0o755)
    env = {"PATH": f"{folder}:{os.environ['PATH']}", "APT_PATIENCE": str(patience), "APT_PAUSE": "0.01"}
    done = subprocess.run([SCRIPT, "hello"], env=env, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout


def test_a_locked_apt_is_waited_for_and_that_is_said_once(tmp_path: Path) -> None:
    code, said = install(tmp_path, says=LOCKED, times=4)
    assert code == 0
    assert said.splitlines() == ["Another installation is under way on this machine: waiting for it."]


@pytest.mark.parametrize(("says", "patience"), [(MISSING, 60), (LOCKED, 0)])
def test_anything_else_and_a_lock_without_end_is_a_failure_in_apt_s_words(
    tmp_path: Path, says: str, patience: int
) -> None:
    code, said = install(tmp_path, says=says, times=1000, patience=patience)
    assert code == 1
    assert said.splitlines() == [says, says]  # of its lists, which may be old, and of the package
