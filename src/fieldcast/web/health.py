"""Does a page get through: a thread, a connection of the pool, the database? `/healthz`, at the edge, needs neither."""

from django.db import connection
from django.http import HttpRequest, HttpResponse


def readyz(request: HttpRequest) -> HttpResponse:
    """`ok` the way of every page, once the database answers and its schema is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    return HttpResponse("ok", content_type="text/plain")
