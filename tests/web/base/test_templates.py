"""What holds for every template of every domain: nothing the content policy would block, nothing that leaks."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[3] / "src/fieldcast/web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (WEB / "static/fieldcast/icons/icons.svg").read_text()))


def _name(path: Path) -> str:
    return str(path.relative_to(WEB / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_carries_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son\w+=[\"']|\shx-on|javascript:", text), (
        "blocked by the content policy"
    )
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, (
            f"{tag} would be blocked by the content policy"
        )


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_comment_of_a_template_stays_out_of_the_page(path: Path) -> None:
    """Django ends `{#` at the line's end: a comment of two lines is printed for everyone to see."""
    for line in path.read_text().splitlines():
        assert line.count("{#") == line.count("#}"), line


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_names_only_icons_that_are_drawn(path: Path) -> None:
    text = path.read_text()
    named = set(re.findall(r'{% icon "([\w-]+)"', text)) | set(re.findall(r'icon="([\w-]+)"', text))
    assert named <= ICONS


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_every_form_that_changes_something_is_protected(path: Path) -> None:
    for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text(), flags=re.S | re.I):
        assert "csrf_token" in form
