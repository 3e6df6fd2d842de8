"""What stands between the network and the pages: it needs no nginx to be safe.

Everything a client can draw out happens on the event loop, where waiting costs next to nothing: a request's body is
read whole, within limits of size and time, before a thread is taken; an answer is written after its thread is free
again. Threads are few, of three pools, so that no kind of visitor can take those of another. `/healthz` is answered
here, so that it says whether this process lives even when every thread is busy.
"""

from fieldcast.config.edge.gate import guarded
from fieldcast.config.edge.pages import Pages
from fieldcast.config.edge.worker import on_start

__all__ = ["Pages", "guarded", "on_start"]
