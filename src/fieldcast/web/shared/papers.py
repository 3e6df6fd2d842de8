"""Papers as answers: shown in the page they were asked from, kept by nobody on the way."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def pdf_response(content: bytes, *, name: str) -> HttpResponse:
    """A PDF under a name."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if said := content_disposition_header(as_attachment=False, filename=name):
        response["Content-Disposition"] = said
    return response
