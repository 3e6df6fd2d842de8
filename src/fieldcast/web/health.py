"""Does a page get through: a thread, a connection of the pool, the database? `/healthz`, at the edge, needs neither."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


def readyz(request: HttpRequest) -> HttpResponse:
    """`ok` the way of every page, once the database answers and its schema is there; 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        away = HttpResponse("the database is away", content_type="text/plain", status=503)
        away._has_been_logged = True  # type: ignore[attr-defined]  # may be asked all the time
        return away
    return HttpResponse("ok", content_type="text/plain")
