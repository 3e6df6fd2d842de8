"""Kept pictures as answers: shown in the page they were asked from, under the name their sender gave them."""

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from fieldcast.files.types import Content

OURS: Final = (
    "no-store"  # who may see it, and whether it is withdrawn, changes; a shared computer keeps none of it
)
EVERYONES: Final = "public, max-age=300"


def picture_response(content: Content, *, cache: str) -> HttpResponse:
    """The picture itself. `cache`: who may keep it on the way, and for how long."""
    response = HttpResponse(content.data, content_type=content.media_type)
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    if said := content_disposition_header(as_attachment=False, filename=content.name):
        response["Content-Disposition"] = said
    return response
