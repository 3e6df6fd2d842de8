"""Kept pictures as answers: shown in the page they were asked from, under the name their sender gave them."""

import hashlib
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from fieldcast.files.types import Content

OURS: Final = (
    "no-store"  # who may see it, and whether it is withdrawn, changes; a shared computer keeps none of it
)
# A photo may be withdrawn: whoever keeps it asks each time whether it still stands, and is told so in a few bytes.
EVERYONES: Final = "private, no-cache"


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:
    """Where programs look for a site's sign that read no page: the one that pages name."""
    return redirect(static("fieldcast/icons/mark.svg"), permanent=True)


def picture_response(request: HttpRequest, content: Content, *, cache: str) -> HttpResponse:
    """The picture itself, or that it is still the one the reader has. `cache`: who may keep it on the way."""
    response = HttpResponse(content.data, content_type=content.media_type)
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    if said := content_disposition_header(as_attachment=False, filename=content.name):
        response["Content-Disposition"] = said
    if cache == OURS:
        return response
    etag = f'"{hashlib.sha256(content.data).hexdigest()}"'
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    assert isinstance(answer, HttpResponse)
    return answer
