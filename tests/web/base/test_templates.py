"""What holds for every template of every domain: nothing the content policy would block, nothing that leaks."""

import re
from collections.abc import Iterator
from pathlib import Path

WEB = Path(__file__).parents[3] / "src/fieldcast/web"
TEMPLATES = {
    str(path.relative_to(WEB / "templates")): path.read_text(encoding="utf-8")
    for path in sorted((WEB / "templates").rglob("*.html"))
}
STYLES = {
    str(path.relative_to(WEB / "static")): path.read_text(encoding="utf-8")
    for path in sorted((WEB / "static").rglob("*.css"))
}
WIDTH = 120
BLOCK_LEVEL = re.compile(
    r"<(?:address|article|aside|blockquote|body|caption|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer"
    r"|form|h[1-6]|head|header|hr|html|legend|li|link|main|meta|nav|noscript|ol|optgroup|option|p|script|section"
    r"|summary|table|tbody|td|template|tfoot|th|thead|title|tr|ul)(?=[\s>])"
)
ICONS = set(re.findall(r'<symbol id="([\w-]+)"', (WEB / "static/fieldcast/icons/icons.svg").read_text()))


def test_no_template_carries_an_inline_style_or_script() -> None:
    """The content policy would block it."""
    inline = r"<style|\sstyle=|\son\w+=[\"']|\shx-on|javascript:"
    assert [(name, found) for name, text in TEMPLATES.items() for found in re.findall(inline, text)] == []
    scripts = [(name, tag) for name, text in TEMPLATES.items() for tag in re.findall(r"<script[^>]*>", text)]
    assert scripts
    assert [
        each for each in scripts if "src=" not in each[1] and 'type="application/json"' not in each[1]
    ] == []


def test_comments_of_templates_stay_out_of_the_page() -> None:
    """Django ends `{#` at the line's end: a comment of two lines is printed for everyone to see."""
    assert [(name, line) for name, line in _lines() if line.count("{#") != line.count("#}")] == []


def test_templates_name_only_icons_that_are_drawn() -> None:
    named = [
        (name, icon)
        for name, text in TEMPLATES.items()
        for icon in re.findall(r'{% icon "([\w-]+)"|icon="([\w-]+)"', text)
    ]
    assert [each for each in named if (each[1][0] or each[1][1]) not in ICONS] == []


def test_a_face_takes_no_template_of_another() -> None:
    """What two faces show stands in `components`, or in `sessions` where it is about running one."""
    faces = {path.name for path in WEB.iterdir() if (path / "urls.py").exists()}
    taken = [
        (name, other)
        for name, text in TEMPLATES.items()
        for other in re.findall(r'{% (?:include|extends) "([^"]+)"', text)
    ]
    assert taken
    strange = [
        (name, other) for name, other in taken if other.partition("/")[0] in faces - {name.partition("/")[0]}
    ]
    assert strange == []


def test_a_session_is_called_by_a_title_its_reader_can_read() -> None:
    """Hosts type one title; where it is Chinese, who reads English is shown another: `|local_name:"title"`.

    Whoever plans and runs sessions tells them apart by what they typed.
    """
    raw = r"\b(?:session|next_session|next|other|s)\.title\b"
    read = {name: text for name, text in TEMPLATES.items() if not name.startswith(("studio/", "sessions/"))}
    assert [(name, found) for name, text in read.items() for found in re.findall(raw, text)] == []


def test_what_stands_between_two_words_is_translated_too() -> None:
    """A comma or colon of English between Chinese words: `{% translate ", " %}` and `{% translate ": " %}` are both."""
    unseen = r"{#.*?#}|{% comment.*?endcomment %}|<(script|template)\b.*?</\1>"
    said = r"{% blocktrans.*?{% endblocktrans\w* %}|{{.*?}}|{% (?:translate|moment) .*?%}"
    found = []
    for name, text in TEMPLATES.items():
        plain = re.sub(said, "W", re.sub(unseen, "", text, flags=re.S), flags=re.S)
        plain = re.sub(r'<(?:[^<>"]|"[^"]*")*>', "", re.sub(r"{%.*?%}", "", plain))
        found += [(name, each) for each in re.findall(r"W *[,:;(][^\n]*", plain)]
    assert found == []


def test_labels_name_the_paper_they_are_laid_out_for() -> None:
    """Else a printer set to other paper breaks a sheet elsewhere."""
    sheets = re.findall(r"@page (\w+) { size: ([^;]+);", STYLES["fieldcast/pages/coop.css"])
    assert sheets == [("sheet", "A4"), ("label", "100mm 150mm")]


def test_every_form_that_changes_something_is_protected() -> None:
    posted = r'<form[^>]*method="post".*?</form>'
    forms = [
        (name, form)
        for name, text in TEMPLATES.items()
        for form in re.findall(posted, text, flags=re.S | re.I)
    ]
    assert forms
    assert [name for name, form in forms if "csrf_token" not in form] == []


def test_no_line_is_too_wide_to_be_read_beside_its_change() -> None:
    """Of templates, and of the style sheets beside them."""
    assert STYLES
    wide = [
        (name, number)
        for name, text in (TEMPLATES | STYLES).items()
        for number, line in enumerate(text.splitlines(), start=1)
        if len(line) > WIDTH
    ]
    assert wide == []


def test_a_line_opens_one_block_level_element() -> None:
    """A diff of a page shows which element changed. Words and what stands among them may share a line."""
    assert [(name, number) for name, number, line in _numbered() if len(BLOCK_LEVEL.findall(line)) > 1] == []


def test_a_condition_has_two_terms_at_most() -> None:
    """What hangs on more is the view's to decide: a word of its context, a property of its dataclass."""
    asked = [
        (name, condition)
        for name, text in TEMPLATES.items()
        for condition in re.findall(r"{%\s*(?:el)?if\s+(.*?)\s*%}", text)
    ]
    assert asked
    joined = re.compile(r"\b(?:and|or)\b")
    assert [each for each in asked if len(joined.findall(re.sub(r'"[^"]*"', "", each[1]))) > 1] == []


def test_lines_are_indented_by_two() -> None:
    odd = re.compile(r"(?:  )* \S|\s*\t|.*\s$")
    assert [(name, number) for name, number, line in _numbered() if odd.match(line)] == []


def _numbered() -> Iterator[tuple[str, int, str]]:
    for name, text in TEMPLATES.items():
        for number, line in enumerate(text.splitlines(), start=1):
            yield name, number, line


def _lines() -> Iterator[tuple[str, str]]:
    for name, text in TEMPLATES.items():
        for line in text.splitlines():
            yield name, line


def test_a_hint_looks_like_a_hint() -> None:
    """Also one that is not drawn by `field.html`: without its class it is as large and dark as what is filled in."""
    hints = [
        (name, classes)
        for name, text in TEMPLATES.items()
        for classes in re.findall(r'<\w+ class="([^"]*)" id="[\w{}. -]*help(?:text)?"', text)
    ]
    assert hints
    assert [each for each in hints if not {"field-help", "muted"} & set(each[1].split())] == []
