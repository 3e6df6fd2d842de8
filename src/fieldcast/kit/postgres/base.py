"""The backend itself: Django's own, with a gate before it."""

from functools import cached_property
from types import TracebackType
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.utils import DatabaseErrorWrapper

from fieldcast.kit.postgres import ANSWER_SECONDS, gate, is_lost

LEAVE_SECONDS = 0.2


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is refused at once while the database is away."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection, from the pool where there is one."""
        if gate.shut:
            raise psycopg.OperationalError("the database is away")
        if self.settings_dict["OPTIONS"].get("pool") and self.alias not in _pools():
            # a new pool would let the first who come wait for a database that was never there
            psycopg.connect(**{**conn_params, "connect_timeout": ANSWER_SECONDS}).close()
        return super().get_new_connection(conn_params)

    @cached_property
    def wrap_database_errors(self) -> "_Noticing":
        """Every call of the driver passes through here."""
        return _Noticing(self)

    def let_connections_go(self) -> None:
        """Forget the pool, so that the next request begins another, and end the waiting of those who stand at it."""
        pool = _pools().pop(self.alias, None)
        if pool is not None:
            pool.close(timeout=LEAVE_SECONDS)

    def look_through_connections(self) -> None:
        """Replace those that died while nobody used them."""
        pool = _pools().get(self.alias)
        if pool is not None and not pool.closed:
            pool.check()


def _pools() -> dict[str, Any]:
    """Django's pools, one for each alias."""
    pools: dict[str, Any] = vars(base.DatabaseWrapper)["_connection_pools"]
    return pools


class _Noticing(DatabaseErrorWrapper):
    """Django's translation of the driver's errors, that looks at each as it passes."""

    wrapper: DatabaseWrapper

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exc_value is not None and is_lost(exc_value) and not gate.shut:
            gate.suspect(
                parameters=self.wrapper.get_connection_params(),
                let_go=self.wrapper.let_connections_go,
                look_through=self.wrapper.look_through_connections,
            )
        super().__exit__(exc_type, exc_value, traceback)
