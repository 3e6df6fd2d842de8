"""Terms from the JSON in which they are kept or sent: those of a model, or composed clause by clause (`schema: 2`)."""

from collections.abc import Mapping
from typing import Any

from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.composed.terms import ComposedTerms
from fieldcast.agreements.terms import Terms


def terms_from_json(data: Mapping[str, Any]) -> AgreedTerms:
    """The terms. Raises `TermMissing`, `TermUnknown` or `TermsRefused`, naming clause, value and what would do."""
    return ComposedTerms.from_json(data) if "schema" in data else Terms.from_json(data)
