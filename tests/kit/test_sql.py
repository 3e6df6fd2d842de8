"""Functions of the database are their files: applied when they differ, found when someone changes them by hand."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from fieldcast.kit import sql

pytestmark = pytest.mark.django_db
ONE = """-- what it does
CREATE OR REPLACE FUNCTION trade_one(p int) RETURNS int LANGUAGE sql AS $$ SELECT p + 1 $$;
"""


def file(folder: Path, text: str, name: str = "one") -> sql.FunctionFile:
    path = folder / f"{name}.sql"
    path.write_text(text, encoding="utf-8")
    return sql.FunctionFile.read(path, app="trade")


def ask(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def test_a_function_that_is_not_there_is_made(tmp_path: Path) -> None:
    one = file(tmp_path, ONE)
    assert sql.differing_functions([one]) == (one,)
    assert sql.apply_functions([one]) == ("trade_one",)
    assert ask("SELECT trade_one(1)") == 2
    assert sql.differing_functions([one]) == ()
    assert sql.apply_functions([one]) == ()


def test_a_changed_file_replaces_the_function_whatever_it_takes_and_returns(tmp_path: Path) -> None:
    sql.apply_functions([file(tmp_path, ONE)])
    other = file(tmp_path, ONE.replace("p int", "p text, q int").replace("p + 1", "q + 2"))
    assert sql.apply_functions([other]) == ("trade_one",)
    assert ask("SELECT trade_one('', 1)") == 3
    assert ask("SELECT count(*) FROM pg_proc WHERE proname = 'trade_one'") == 1


def test_a_body_changed_by_hand_is_found_and_mended(tmp_path: Path) -> None:
    one = file(tmp_path, ONE)
    sql.apply_functions([one])
    ask(ONE.replace("p + 1", "p + 100"))
    assert sql.differing_functions([one]) == (one,)
    sql.apply_functions([one])
    assert ask("SELECT trade_one(1)") == 2


def test_a_second_function_of_the_name_is_found_and_goes(tmp_path: Path) -> None:
    one = file(tmp_path, ONE)
    sql.apply_functions([one])
    ask(ONE.replace("p int", "p text").replace("p + 1", "7"))
    assert sql.differing_functions([one]) == (one,)
    sql.apply_functions([one])
    assert ask("SELECT count(*) FROM pg_proc WHERE proname = 'trade_one'") == 1


def test_what_stands_before_the_body_counts_too(tmp_path: Path) -> None:
    one = file(tmp_path, ONE)
    sql.apply_functions([one])
    assert sql.differing_functions([file(tmp_path, ONE.replace("LANGUAGE sql", "LANGUAGE sql IMMUTABLE"))])


@pytest.mark.parametrize(
    "text",
    [
        "",
        ONE.replace("trade_one", "trade_two"),
        ONE.replace("CREATE OR REPLACE", "CREATE"),
        ONE + ONE,
    ],
)
def test_a_file_is_one_function_named_after_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="one function trade_one"):
        file(tmp_path, text)


def test_migrate_brings_the_functions_of_the_files() -> None:
    files = sql.function_files(apps.get_app_config("trade"))
    assert {"trade_place_order", "trade_book_payment"} <= {each.name for each in files}
    ask("DROP FUNCTION trade_place_order")
    assert [each.name for each in sql.differing_functions()] == ["trade_place_order"]
    call_command("migrate", interactive=False, verbosity=0)
    assert sql.differing_functions() == ()


def test_the_way_back_gives_the_functions_of_the_migrations() -> None:
    from importlib import import_module

    back = import_module("fieldcast.trade.migrations.0009_functions_in_files").BACK
    for statement in back:
        ask(statement)
    assert (
        ask("SELECT count(*) FROM pg_proc WHERE proname IN ('trade_place_order', 'trade_order_answer')") == 2
    )
    assert sql.apply_functions(sql.function_files(apps.get_app_config("trade")))
    assert sql.differing_functions() == ()
