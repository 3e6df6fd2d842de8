"""The laboratory as a command of its own: quick to start, plain when something is wrong, alone in its process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from fieldcast.science.games import paper
from tests.commands.game.laboratory import ask, really, refusal

HEAVY = {"django.conf", "django.db", "fieldcast.config.setup", "numpy", "scipy", "rich"}


def loaded(*arguments: str) -> set[str]:
    """The modules in a process after it has run the command."""
    code = (
        "import sys\nfrom fieldcast import cli\nsys.argv[0] = 'fieldcast'\n"
        "try: cli.main()\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "game", *arguments], capture_output=True, text=True, check=True
    )
    return set(ran.stderr.split())


@pytest.mark.thorough  # the command runs in a process of its own
def test_solving_a_game_starts_neither_django_nor_what_it_does_not_need() -> None:
    modules = loaded("solve", "--preset", "poverty", "--json")
    assert {"numpy", "fieldcast.science.games.supervision"} <= modules
    assert modules & (HEAVY - {"numpy"}) == set()


@pytest.mark.thorough  # the command runs in a process of its own
def test_naming_the_sub_commands_loads_nothing_they_compute_with() -> None:
    code = "import sys; import fieldcast.commands.game; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) & HEAVY == set()


@pytest.mark.thorough  # the command runs in a process of its own
def test_the_whole_command_answers_a_program_with_one_object(tmp_path: Path) -> None:
    ran = really("solve", "--preset", "ordinary", "--json", home=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["honesty"] == pytest.approx(paper.ORDINARY.honesty)
    assert list(tmp_path.iterdir()) == []  # no home is begun


@pytest.mark.thorough  # the command runs in a process of its own
def test_the_whole_command_answers_a_person_in_chinese(tmp_path: Path) -> None:
    ran = really("solve", "--preset", "poverty", home=tmp_path)
    assert ran.returncode == 0
    assert paper.POVERTY.sentence.zh in ran.stdout


@pytest.mark.thorough  # the command runs in a process of its own
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_refusal_is_one_sentence_in_the_language_asked_for(language: str, tmp_path: Path) -> None:
    ran = really("solve", "--preset", "poverty", "--H2", "21", "--language", language, home=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Traceback" not in ran.stderr
    assert "H2 必须小于 H1" in ran.stderr if language == "zh" else "H2 must be below H1" in ran.stderr


@pytest.mark.thorough  # the command runs in a process of its own
def test_what_reading_a_table_refuses_is_told_in_the_language_asked_for(tmp_path: Path) -> None:
    (tmp_path / "targets.csv").write_bytes(b"PK\x03\x04")
    told = {
        language: really(
            "audit", tmp_path / "targets.csv", "--budget", 1, "--language", language, home=tmp_path
        )
        for language in ("zh", "en")
    }
    assert [ran.returncode for ran in told.values()] == [1, 1]
    assert "not a CSV file" in told["en"].stderr
    assert "CSV" in told["zh"].stderr
    assert "not a CSV file" not in told["zh"].stderr


@pytest.mark.thorough  # the command runs in a process of its own
def test_a_language_not_spoken_here_is_refused_by_name(tmp_path: Path) -> None:
    ran = really("solve", "--preset", "poverty", "--language", "fr", home=tmp_path)
    assert ran.returncode == 1
    assert "fr" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--F", "nan"], "F"),
        (["--G", "inf"], "G"),
        (["--G", "-inf"], "G"),
        (["--C", "1e999"], "C"),
        (["--C", "-1"], "C"),
        (["--F", "-0.5"], "F"),
        (["--L", "-1/3"], "L"),
        (["--R2", "140"], "R2"),
        (["--H2", "20"], "H2"),
        (["--R1", "1e16"], "R1"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_parameter_outside_its_range_is_refused_by_name(
    options: list[str], named: str, language: str
) -> None:
    assert refusal("solve", "--preset", "poverty", *options, "--language", language).startswith(named)


@pytest.mark.parametrize("written", ["ten", "1/0", "", "1,5", "0x10", "--5"])
def test_what_is_no_number_is_a_wrong_option(written: str) -> None:
    assert "--C" in refusal("solve", "--preset", "poverty", f"--C={written}", status=2)


def test_parameters_left_out_are_named() -> None:
    said = refusal("solve", "--C", "1", "--F", "2", status=2)
    assert "--R1" in said
    assert "--C" not in said.split("Missing")[1]


def test_without_a_sub_command_all_of_them_are_listed() -> None:
    shown = ask().output
    for name in ("solve", "table", "errata", "equilibria", "sweep", "design", "evolve", "audit"):
        assert name in shown
