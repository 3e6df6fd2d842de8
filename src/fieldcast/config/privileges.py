"""What the platform's own database user may do. It owns nothing, so no statement of its own can drop a trigger, switch
one off, change a table or empty it; and of what is append-only it may not even try to change a row.

Laid by the tables' owner after every migration, and again at every start where something differs: the whole of it is
computed from the tables that are there, so a new table needs a line here only when its rows may be deleted.
"""

from collections.abc import Mapping

from django.db import connection

READ = frozenset({"SELECT"})
APPEND = READ | {"INSERT"}
WRITE = APPEND | {"UPDATE"}

# Rows that may go, and why. Everything else is kept: what must not count any more is marked, not deleted.
DELETABLE: Mapping[str, str] = {
    "accounts_cache": "a count of tries whose time is over",
    "accounts_familiaraddress": "an address that was not used for long",
    "accounts_limit": "a count whose time is over",
    "account_emailaddress": "the framework's own; nobody signs in by mail here",
    "accounts_address": "its person removes it; the trail of addresses keeps that it was there",
    "accounts_membership": "a role ends; the trail of memberships keeps who ended it",
    "accounts_person_groups": "a list in the admin",
    "accounts_person_user_permissions": "a list in the admin",
    "accounts_village": "made by mistake in the admin; in use, foreign keys keep it",
    "auth_group": "made by mistake in the admin",
    "auth_group_permissions": "a list in the admin",
    "catalog_farm": "made by mistake in the admin; in use, foreign keys keep it",
    "catalog_plot": "made by mistake in the admin; in use, foreign keys keep it",
    "catalog_product": "made by mistake in the admin; in use, foreign keys keep it",
    "django_session": "a sign-in that is over",
    "inbox_message": "read long ago; a trigger refuses what is younger or unread",
    "inbox_sending": "carried, or read meanwhile",
    "kit_claim": "an answer kept for a request that may be sent again, when its time is over",
    "live_presence": "a process that no longer counts listeners",
    "live_sessionsource": "what a plan would have shown; a trigger keeps what was shown",
    "procrastinate_events": "goes with its job",
    "procrastinate_jobs": "a job that is done",
    "procrastinate_periodic_defers": "goes with its job",
    "procrastinate_workers": "a worker that is gone",
    "recovery_codeask": "a number for which a code was asked, once a worker has seen it",
    "trade_forgednotice": "kept for ninety days; a trigger refuses what is younger",
    "trade_noticecount": "counts of forged notices, kept for as long; a trigger refuses the others",
    "trade_parcelstep": "told to its lot; the checks count what was told and what still waits",
}
READ_ONLY = frozenset({"django_migrations", "django_content_type", "auth_permission"})
# A lock (FOR NO KEY UPDATE) needs UPDATE on some column. Balances are moved by the ledger's own functions, as their
# owner; this column is one that `ledger_account_guarded` never lets anybody change. A fund is append-only by trigger.
LOCKED_BY_COLUMN: Mapping[str, str] = {"ledger_account": "county_id", "agreements_fund": "name"}

_TABLES = """
SELECT c.relname,
  EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = c.relname || '_immutable') AS append_only
FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""
_GRANTED = """
SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  AND (a.grantee = 0 OR a.grantee = %(role)s::regrole)
UNION ALL
SELECT c.relname, a.privilege_type || ' (' || col.attname || ')'
FROM pg_class c JOIN pg_attribute col ON col.attrelid = c.oid, aclexplode(col.attacl) a
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  AND (a.grantee = 0 OR a.grantee = %(role)s::regrole)
"""
# CASE, because the planner may ask for the privilege of what is no sequence before it looks at the kind.
_SEQUENCES = """
SELECT EXISTS (
  SELECT 1 FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
  AND CASE WHEN c.relkind = 'S' THEN NOT has_sequence_privilege(%(role)s, c.oid, 'USAGE, SELECT') ELSE false END
)
"""
_SCHEMA = """
SELECT has_schema_privilege(%(role)s, 'public', 'USAGE'), has_schema_privilege(%(role)s, 'public', 'CREATE')
"""
# Orders from elsewhere are compared in a temporary table; such a table can carry no guard off another.
_TEMPORARY = "SELECT has_database_privilege(%(role)s, current_database(), 'TEMPORARY'), current_database()"


def lay(*, role: str) -> tuple[str, ...]:
    """Give `role` what it may do and take from it what it may not; returns the tables that differed.

    Called as the tables' owner. It looks first, so that a start at which nothing changed writes nothing.
    """
    name = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(_SCHEMA, {"role": role})
        may_use, may_create = cursor.fetchone()
        if may_create:
            cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {name}")
        if not may_use:
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(_TEMPORARY, {"role": role})
        may_stage, database = cursor.fetchone()
        if not may_stage:
            cursor.execute(f"GRANT TEMPORARY ON DATABASE {connection.ops.quote_name(database)} TO {name}")
        cursor.execute(_SEQUENCES, {"role": role})
        if cursor.fetchone()[0]:
            cursor.execute(f"GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}")
    wanted, granted = wanted_privileges(), _granted(role)
    differing = tuple(table for table, may in wanted.items() if granted.get(table, frozenset()) != may)
    with connection.cursor() as cursor:
        for table in differing:
            quoted = connection.ops.quote_name(table)
            cursor.execute(f"REVOKE ALL ON {quoted} FROM PUBLIC, {name}")
            cursor.execute(f"GRANT {', '.join(sorted(wanted[table]))} ON {quoted} TO {name}")
    return differing


def wanted_privileges() -> dict[str, frozenset[str]]:
    """What the platform's user may do with each table there is."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return {table: _wanted(table, append_only=append_only) for table, append_only in cursor.fetchall()}


def _wanted(table: str, *, append_only: bool) -> frozenset[str]:
    if table in READ_ONLY:
        return READ
    may_go = frozenset({"DELETE"} if table in DELETABLE else ())
    if table in LOCKED_BY_COLUMN:
        return APPEND | {f"UPDATE ({LOCKED_BY_COLUMN[table]})"}
    if append_only:
        return APPEND | may_go
    return WRITE | may_go


def _granted(role: str) -> dict[str, frozenset[str]]:
    """What it may do now, by itself or as everybody may."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_GRANTED, {"role": connection.ops.quote_name(role)})
        for table, privilege in cursor.fetchall():
            found.setdefault(table, set()).add(privilege)
    return {table: frozenset(privileges) for table, privileges in found.items()}
