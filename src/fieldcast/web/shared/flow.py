"""Where each yuan went, as the picture takes it."""

from collections.abc import Iterable

from django.utils.translation import pgettext

from fieldcast.agreements.calculation import Slice, role_title


def flow_parts(slices: Iterable[Slice]) -> list[tuple[str, int]]:
    """Every role's name and amount, in the reader's language, short enough to stand beside its band."""
    return [(_short(one.role), one.amount_fen) for one in slices]


def _short(role: str) -> str:
    return pgettext("beside a band", "Delivery") if role == "carrier" else role_title(role)
