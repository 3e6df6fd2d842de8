"""A phone number is shown so that it is recognised and not called."""

import pytest

from fieldcast.kit.masks import masked_phone


@pytest.mark.parametrize("number", ["13812345678", "+86 138 1234 5678", "8613812345678", "+86-138-1234-5678"])
def test_a_number_shows_three_digits_and_four(number: str) -> None:
    assert masked_phone(number) == "138****5678"


@pytest.mark.parametrize("number", ["", "12345", "12345678", "no number"])
def test_what_is_too_short_to_hide_is_hidden_whole(number: str) -> None:
    assert masked_phone(number) == "****"
