"""SQL of the rooms: the triggers that keep facts unchangeable, used by migrations, and functions that live in files.

A function of the database is one file of its room, `sql/<name>.sql`: `CREATE OR REPLACE FUNCTION <room>_<name>`, its
body between `$$`. `keep_functions` applies it after every `migrate` in which it differs from what the database has, so
the file is the function, and a change of it is a diff. Functions that triggers call stay with their triggers, in
migrations: a guard does not change behind the rows it guards.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection, transaction
from django.db.models.signals import post_migrate

IMMUTABLE_FUNCTION = """
CREATE OR REPLACE FUNCTION fieldcast_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation',
    CONSTRAINT = TG_TABLE_NAME || '_immutable';
END $$
"""


def immutable(table: str) -> str:
    """SQL that refuses UPDATE, DELETE and TRUNCATE on `table`: corrections are new rows."""
    return f"""{IMMUTABLE_FUNCTION};
CREATE TRIGGER {table}_immutable BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION fieldcast_immutable();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION fieldcast_immutable();
"""


def mutable(table: str) -> str:
    """Undo `immutable`, for a migration that is taken back."""
    return f"""DROP TRIGGER IF EXISTS {table}_immutable ON {table};
DROP TRIGGER IF EXISTS {table}_no_truncate ON {table};
"""


def frozen_columns(table: str, *columns: str) -> str:
    """SQL that refuses a change of `columns` on `table`; the other columns may change, rows may not be deleted."""
    return f"""{_held(table, "frozen", columns)}CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION fieldcast_immutable();
"""


def unchanging(table: str, *columns: str) -> str:
    """SQL that refuses a change of `columns` on `table`, whose rows may go: what others' money follows stays put."""
    return _held(table, "stays", columns)


def _held(table: str, name: str, columns: Iterable[str]) -> str:
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return f"""{IMMUTABLE_FUNCTION};
CREATE TRIGGER {table}_{name} BEFORE UPDATE OF {", ".join(columns)} ON {table}
  FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION fieldcast_immutable();
"""


def thawed_columns(table: str) -> str:
    """Undo `frozen_columns`."""
    return f"""DROP TRIGGER IF EXISTS {table}_frozen ON {table};
DROP TRIGGER IF EXISTS {table}_kept ON {table};
"""


def immutable_until(table: str, *, column: str, kept: str) -> str:
    """SQL that refuses UPDATE and TRUNCATE on `table`, and DELETE of a row until `column` is `kept` (`90 days`) ago, by
    the database's own clock.
    """
    return f"""{kept_until(table, column=column, kept=kept)}
CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION fieldcast_immutable();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION fieldcast_immutable();
"""


def mutable_again(table: str) -> str:
    """Undo `immutable_until`."""
    return f"{mutable(table)}DROP TRIGGER IF EXISTS {table}_kept ON {table};\n"


def kept_until(table: str, *, column: str, kept: str) -> str:
    """SQL that refuses DELETE of a row of `table` until `column` is `kept` (`90 days`) ago, by the database's own
    clock, and for ever where it is null.
    """
    return f"""{IMMUTABLE_FUNCTION};
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
  FOR EACH ROW WHEN (OLD.{column} IS NULL OR OLD.{column} > now() - interval '{kept}')
  EXECUTE FUNCTION fieldcast_immutable();
"""


def kept(table: str) -> str:
    """SQL that refuses to delete rows of `table`; `frozen_columns` does so too."""
    return f"""{IMMUTABLE_FUNCTION};
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION fieldcast_immutable();
"""


def written_once(table: str, *columns: str) -> str:
    """SQL that lets each of `columns` be written while it is null, and never again."""
    changed = " OR ".join(
        f"(OLD.{column} IS NOT NULL AND OLD.{column} IS DISTINCT FROM NEW.{column})" for column in columns
    )
    return f"""{IMMUTABLE_FUNCTION};
CREATE TRIGGER {table}_written_once BEFORE UPDATE OF {", ".join(columns)} ON {table}
  FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION fieldcast_immutable();
"""


def states(table: str, *, first: str, moves: Mapping[str, Iterable[str]]) -> str:
    """SQL that lets rows of `table` begin in state `first` and go from a state only to those named for it."""
    steps = " OR ".join(
        f"(OLD.state = '{state}' AND NEW.state IN ({', '.join(repr(to) for to in sorted(after))}))"
        for state, after in moves.items()
        if after
    )
    return f"""
CREATE FUNCTION {table}_judge_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'no row of % may become %', TG_TABLE_NAME, NEW.state
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_TABLE_NAME || '_moves';
END $$;
CREATE TRIGGER {table}_begins BEFORE INSERT ON {table}
  FOR EACH ROW WHEN (NEW.state <> '{first}') EXECUTE FUNCTION {table}_judge_state();
CREATE TRIGGER {table}_moves BEFORE UPDATE OF state ON {table}
  FOR EACH ROW WHEN (OLD.state <> NEW.state AND NOT ({steps})) EXECUTE FUNCTION {table}_judge_state();
"""


def without(table: str, *triggers: str) -> str:
    """Undo `kept`, `written_once` and `states`: drop the triggers whose names end so, and the judge of states."""
    drops = "".join(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table};\n" for name in triggers)
    return drops + f"DROP FUNCTION IF EXISTS {table}_judge_state();\n"


_FUNCTION = re.compile(
    r"^CREATE OR REPLACE FUNCTION (?P<name>[a-z_]+)\s*\(.*?AS \$\$(?P<body>.*)\$\$", re.DOTALL | re.MULTILINE
)
# Every function of that name, whatever it takes: a call must never find another one than the file's.
_THERE = """
SELECT p.proname, p.oid::regprocedure::text, p.prosrc, coalesce(obj_description(p.oid, 'pg_proc'), '')
FROM pg_proc p WHERE p.proname = ANY (%s) AND p.pronamespace = 'public'::regnamespace
"""


@dataclass(frozen=True)
class FunctionFile:
    """A function of the database as its file says it. `source` is the file as seen from the package's root."""

    name: str
    source: str
    text: str
    body: str

    @staticmethod
    def read(path: Path, *, app: str) -> "FunctionFile":
        """Raises `ValueError` when the file is not one function named after it."""
        text = path.read_text(encoding="utf-8")
        found = _FUNCTION.search(text)
        if found is None or found["name"] != f"{app}_{path.stem}" or text.count("$$") != 2:
            raise ValueError(f"{path} must create the one function {app}_{path.stem}, its body between $$")
        return FunctionFile(
            name=found["name"], source=f"{app}/sql/{path.name}", text=text, body=found["body"]
        )

    @property
    def mark(self) -> str:
        """The comment that its function carries in the database: it changes with every letter of the file."""
        return f"{self.source} sha256:{hashlib.sha256(self.text.encode()).hexdigest()}"


def function_files(config: AppConfig) -> tuple[FunctionFile, ...]:
    """The functions of one room, by name."""
    paths = sorted((Path(config.path) / "sql").glob("*.sql"))
    return tuple(FunctionFile.read(path, app=config.label) for path in paths)


def differing_functions(files: Iterable[FunctionFile] | None = None) -> tuple[FunctionFile, ...]:
    """Functions, of all rooms where not given, that the database lacks or has otherwise than their files say.

    The body is compared as it runs, the rest of the statement by the hash that was kept when it was applied.
    """
    wanted = _every_file() if files is None else tuple(files)
    there = _there([file.name for file in wanted])
    return tuple(file for file in wanted if [row[2:] for row in there[file.name]] != [(file.body, file.mark)])


def apply_functions(files: Iterable[FunctionFile]) -> tuple[str, ...]:
    """As the owner, make the database's functions those of the files; returns the names of those that differed.

    All or none, in one transaction: whoever calls one meanwhile finds the old or the new one, never none.
    """
    with transaction.atomic():
        differing = differing_functions(files)
        there = _there([file.name for file in differing])
        with connection.cursor() as cursor:
            # they may call each other, in whatever order they come
            cursor.execute("SELECT set_config('check_function_bodies', 'off', true)")
            for file in differing:
                for _name, signature, *_rest in there[file.name]:
                    cursor.execute(f"DROP FUNCTION {signature}")
                cursor.execute(file.text)
                for _name, signature, *_rest in _there([file.name])[file.name]:
                    cursor.execute(f"COMMENT ON FUNCTION {signature} IS '{file.mark}'")
            cursor.execute("SELECT set_config('check_function_bodies', 'on', true)")
    return tuple(file.name for file in differing)


def keep_functions(config: AppConfig) -> None:
    """Apply the room's functions after every `migrate`; called from its `ready`."""

    def apply(*, plan: Sequence[tuple[Any, bool]] = (), **_: Any) -> None:
        if not any(backwards for _migration, backwards in plan):  # their tables may be gone
            apply_functions(function_files(config))

    post_migrate.connect(apply, sender=config, weak=False, dispatch_uid=f"functions of {config.label}")


def _every_file() -> tuple[FunctionFile, ...]:
    return tuple(file for config in apps.get_app_configs() for file in function_files(config))


def _there(names: Sequence[str]) -> dict[str, list[tuple[str, str, str, str]]]:
    found: dict[str, list[tuple[str, str, str, str]]] = {name: [] for name in names}
    with connection.cursor() as cursor:
        cursor.execute(_THERE, [list(names)])
        for row in cursor.fetchall():
            found[row[0]].append(row)
    return found


def rows(statement: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    """All rows of a SELECT that Django's own queries cannot say."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
