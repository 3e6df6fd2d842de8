"""Helpers for the triggers that keep facts unchangeable, used by migrations."""

from collections.abc import Iterable, Mapping

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
    return f"""{IMMUTABLE_FUNCTION};
CREATE TRIGGER {table}_immutable BEFORE UPDATE ON {table}
  FOR EACH ROW EXECUTE FUNCTION fieldcast_immutable();
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
  FOR EACH ROW WHEN (OLD.{column} > now() - interval '{kept}') EXECUTE FUNCTION fieldcast_immutable();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION fieldcast_immutable();
"""


def mutable_again(table: str) -> str:
    """Undo `immutable_until`."""
    return f"{mutable(table)}DROP TRIGGER IF EXISTS {table}_kept ON {table};\n"


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
