"""Do the functions of the database that decide what is sold say what their files say?"""

from django.apps import apps

from fieldcast.kit import sql
from fieldcast.kit.found import Found, found


def wrong_functions() -> Found:
    """How many of trade's functions in the database are not those of `trade/sql`."""
    differing = sql.differing_functions(sql.function_files(apps.get_app_config("trade")))
    return found("function", [(f"{file.name} is not what {file.source} says", 1) for file in differing])
