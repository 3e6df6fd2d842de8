"""Helpers for the triggers that keep facts unchangeable, used by migrations."""

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
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return f"""{IMMUTABLE_FUNCTION};
CREATE TRIGGER {table}_frozen BEFORE UPDATE OF {", ".join(columns)} ON {table}
  FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION fieldcast_immutable();
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION fieldcast_immutable();
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
