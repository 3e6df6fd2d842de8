"""What the API says of itself, drawn once for each process: it takes most of a second, and ten tests read it."""

from functools import cache
from typing import Any

from fieldcast.api.v1 import api


@cache
def document() -> dict[str, Any]:
    """The whole of it, its paths from below `/api/v1`."""
    return api.get_openapi_schema(path_prefix="")
