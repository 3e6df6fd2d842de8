"""What the pages show as examples happens as shown."""

import doctest
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from fieldcast.agreements.calculation import explain, shares_of
from fieldcast.agreements.clauses.cold_chain import CAP_LEAST_BP, CAP_MOST_BP
from fieldcast.agreements.clauses.term import MOST_FEN
from fieldcast.agreements.terms import Terms
from fieldcast.agreements.waterfalls import models
from fieldcast.commands.game import app as laboratory
from fieldcast.demo.goods import BY_CODE
from fieldcast.kit.money import yuan
from fieldcast.rehearsal.kills.report import FIGURES, KillsReport, Tried
from fieldcast.rehearsal.report import Report
from tests.agreements.sharing import EXAMPLE_TERMS, earned, make_line
from tests.docs import pages

if TYPE_CHECKING:
    from fieldcast.config.runner import Platform

OPTIONS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
FLOWS = pages.DOCS / "explanation" / "how-money-flows.md"
TUTORIAL = pages.DOCS / "how-to" / "use-the-api.md"


def with_python() -> list[Path]:
    return [page for page in pages.markdown() if pages.blocks(page.read_text(encoding="utf-8"), "pycon")]


@pytest.fixture
def environment_kept() -> Iterator[None]:
    """Examples set Django up as a reader would, which writes settings into the environment."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.mark.usefixtures("environment_kept")
@pytest.mark.parametrize("page", with_python(), ids=pages.name)
def test_python_on_a_page_answers_as_the_page_says(page: Path) -> None:
    from django.utils import translation

    source = "\n".join(pages.blocks(page.read_text(encoding="utf-8"), "pycon"))
    example = doctest.DocTestParser().get_doctest(source, {}, pages.name(page), str(page), 0)
    said: list[str] = []
    with translation.override("en"):
        outcome = doctest.DocTestRunner(optionflags=OPTIONS).run(example, out=said.append)
    assert outcome.attempted > 0
    assert outcome.failed == 0, "".join(said)


def test_an_example_that_does_not_come_out_is_found() -> None:
    example = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    assert doctest.DocTestRunner(optionflags=OPTIONS).run(example, out=lambda words: None).failed == 1


def with_commands() -> list[Path]:
    return [page for page in pages.markdown() if pages.blocks(page.read_text(encoding="utf-8"), "console")]


@pytest.mark.parametrize("page", with_commands(), ids=pages.name)
def test_commands_on_a_page_print_what_the_page_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commands of the laboratory, which need no platform. A page's csv is targets.csv, its json game.json."""
    text = page.read_text(encoding="utf-8")
    for language, name in (("csv", "targets.csv"), ("json", "game.json")):
        for block in pages.blocks(text, language)[:1]:
            (tmp_path / name).write_text(block, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    spoken = {"FIELDCAST_LANGUAGE": "zh" if ".zh-" in page.name else "en", "COLUMNS": "80"}
    for command, shown in shown_by_commands(text):
        words = shlex.split(command)
        assert words[:2] == [".venv/bin/fieldcast", "game"], command
        said = CliRunner().invoke(laboratory, words[2:], env=spoken).output
        assert doctest.OutputChecker().check_output(shown, said, OPTIONS), f"$ {command}\n{said}"
        written = [Path(after) for option, after in pairwise(words) if option in {"--csv", "--picture"}]
        assert all(path.exists() for path in written), command


def test_a_command_that_prints_something_else_is_found() -> None:
    ((command, shown),) = shown_by_commands("```console\n$ one --two\nthree\n...\n```\n")
    assert (command, shown) == ("one --two", "three\n...\n")
    assert doctest.OutputChecker().check_output(shown, "three\nand four\n", OPTIONS)
    assert not doctest.OutputChecker().check_output(shown, "four\n", OPTIONS)


def shown_by_commands(text: str) -> list[tuple[str, str]]:
    """Each command of a page's console blocks with what is shown beneath it."""
    source = "".join(pages.blocks(text, "console"))
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in re.split(r"(?m)^\$ ", source)[1:]]


@pytest.mark.parametrize("page", [FLOWS, FLOWS.with_name("how-money-flows.zh-CN.md")], ids=pages.name)
def test_the_worked_example_is_the_one_the_calculation_gives(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    shares = shares_of(line=make_line(), terms=EXAMPLE_TERMS)
    for role in ("farmer", "carrier", "host", "cooperative", "platform"):
        assert f"¥{yuan(earned(shares, role))}" in text, role


@pytest.mark.parametrize("page", ["your-first-sale.md", "your-first-sale.zh-CN.md"])
def test_the_tutorial_ends_with_the_amounts_its_sale_gives(page: str) -> None:
    """The terms are those of the demo county's agreement with the tutorial's host."""
    good = BY_CODE["persimmon"]
    terms = Terms(
        guarantee_fen={good.code: good.guarantee_fen},
        rebate_bp=3500,
        commission_bp=200,
        host_bp=900,
        logistics_fen_per_pack=680,
        handling_fen_per_pack=120,
        cold_chain_bp=300,
    )
    line = replace(make_line(packs=1, price_fen=good.price_fen), product_code=good.code)
    shares = shares_of(line=line, terms=terms)
    text = (pages.DOCS / "tutorial" / page).read_text(encoding="utf-8")
    language = "zh-hans" if ".zh-" in page else "en"
    for share in shares:
        if share.role == "farmer":
            assert f"| {explain(share, language)} | " in text
    for role in ("farmer", "carrier", "host", "cooperative", "platform"):
        assert f"¥{yuan(earned(shares, role))}" in text, role


def test_the_table_of_clauses_names_every_clause() -> None:
    table = pages.section(FLOWS.read_text(encoding="utf-8"), "The clauses")
    said = {
        int(number)
        for row in re.findall(r"^\| \d \| ([\d, ]+) \|", table, re.MULTILINE)
        for number in row.split(",")
    }
    assert said | {9} == set(models()["guarantee_rebate"].waterfall)
    assert "Clause 9" in table


def test_the_table_of_terms_names_every_term_and_its_limits() -> None:
    text = (pages.DOCS / "how-to" / "write-an-agreement.md").read_text(encoding="utf-8")
    said = set(re.findall(r"^\| `([a-z_]+)` \|", pages.section(text, "What can be agreed"), re.MULTILINE))
    assert said == set(models()["guarantee_rebate"].terms)
    assert f"| {CAP_LEAST_BP} | {CAP_MOST_BP} |" in text
    assert f"{MOST_FEN:,}" in text


def test_every_figure_of_a_rehearsal_is_documented() -> None:
    text = (pages.DOCS / "how-to" / "rehearse-a-sale.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[^|]+) \|", pages.section(text, "As numbers"), re.MULTILINE)
    said = set(re.findall(r"`(\w+)`", " ".join(rows)))
    plain = Report(**{**dict.fromkeys(Report.__dataclass_fields__), "failures": ()})  # type: ignore[arg-type]
    kills = KillsReport(
        report=plain,
        falls=(),
        invariants=dict.fromkeys(FIGURES, 0),
        tamperings=Tried(0, 0, 0, ()),
        minutes=0,
        rounds=0,
    )
    assert said == set(kills.to_json())


def test_every_area_of_translations_is_documented() -> None:
    text = (pages.DOCS / "how-to" / "add-a-language-string.md").read_text(encoding="utf-8")
    said = set(re.findall(r"^   \| `([a-z]+)` \|", text, re.MULTILINE))
    assert said == {path.name for path in (pages.ROOT / "src/fieldcast/locale").iterdir() if path.is_dir()}


@pytest.mark.browser  # no browser in it, but it shares the one server with the tests that walk pages
@pytest.mark.skipif(
    shutil.which("curl") is None, reason="the page is written for curl, and there is none here"
)
def test_the_walk_through_the_api_runs_as_it_stands(server: "Platform") -> None:
    script = "\n".join(pages.blocks(TUTORIAL.read_text(encoding="utf-8"), "sh"))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={"PATH": os.environ["PATH"], "FIELDCAST": server.url, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"repeated": true' in done.stdout
    assert '"code": "price_changed"' in done.stdout
    assert "refused, as it should be" in done.stdout
    assert "\nreserved\n" in done.stdout
    assert "\ncancelled\n" in done.stdout
