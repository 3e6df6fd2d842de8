"""Writes of trace: events are only ever added.

`record` is for what people say about a lot, and `note` for what the platform did itself; stopping and resuming a sale
are operations of their own, because they change what may be sold.
"""

from fieldcast.trace.operations.checking import check_histories
from fieldcast.trace.operations.harvesting import register_harvest
from fieldcast.trace.operations.recording import NewEvent, note, record
from fieldcast.trace.operations.stopping import resume_lot, stop_lot

__all__ = ["NewEvent", "check_histories", "note", "record", "register_harvest", "resume_lot", "stop_lot"]
