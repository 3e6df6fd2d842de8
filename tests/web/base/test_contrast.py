"""Words can be read on their ground by people with poor sight, in sunlight: 4.5 to 1 or more (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[3] / "src/fieldcast/web/static/fieldcast/css"
SHEET = (CSS / "fieldcast.css").read_text()
TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", SHEET))

# (words, ground) as the style sheets pair them
PAIRS = [
    ("ink", "paper"), ("ink", "card"), ("ink-2", "paper"), ("ink-2", "card"),
    *[("ink-2", f"{tone}-soft") for tone in ("paddy", "wheat", "persimmon", "sky")],
    ("paddy-deep", "paddy-soft"), ("paddy-deep", "paper"), ("paddy", "paper"), ("paddy", "card"),
    ("wheat-ink", "wheat-soft"), ("wheat-ink", "card"), ("wheat-deep", "wheat"), ("wheat-deep", "wheat-soft"),
    ("persimmon-ink", "persimmon-soft"), ("persimmon-ink", "card"), ("persimmon-ink", "paper"),
    ("persimmon-deep", "card"), ("persimmon-deep", "paper"), ("sky-ink", "sky-soft"), ("soil", "card"),
    ("#fff", "paddy"), ("#fff", "paddy-deep"), ("#fff", "persimmon-deep"), ("#fff", "sky"), ("#dfece3", "paddy-deep"),
    ("#cfe0d5", "paddy-deep"), ("#555f58", "#eeeade"), ("#5f665f", "#e9e5da"), ("#6d776f", "#fff"), ("#fff", "#ca481c"),
]  # fmt: skip


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(2 * d for d in digits) if len(digits) == 3 else digits
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    light, dark = sorted((_luminance(TOKENS.get(c, c)) for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_knows_black_from_white() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("persimmon", "#fff") < 4.5  # why buttons wear the deeper one


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_words_can_be_read_on_their_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


def test_the_edges_of_fields_can_be_seen() -> None:
    assert contrast("edge", "#fff") >= 3
    assert contrast("edge", "paper") >= 3
