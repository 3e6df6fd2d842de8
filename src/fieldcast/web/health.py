"""Is this process up, and does its database answer? Asked by the runner and by load balancers."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """`ok` once the database answers and its schema is there; 503 while it does not, at once."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        away = HttpResponse("the database is away", content_type="text/plain", status=503)
        away._has_been_logged = True  # type: ignore[attr-defined]  # asked twice a second, it was said once already
        return away
    return HttpResponse("ok", content_type="text/plain")
