"""Video of the live room: where its pictures come from, how they lie on the disk, and the playlists that show them.

What always holds: nothing is encoded again, only cut and wrapped anew; a file once served under a name never changes;
a playlist follows from the package and the clock alone, so every web process gives the same answer and none keeps
state.

Pictures lie in folders under the media root, one for each kind of source: `clips/<name>/` holds a film cut up whole
(`package.json`, `index.m3u8`, one initialisation file, segments). What is still being recorded lies in a folder of the
same shape without its first two papers, which it gets when it is finished (`growing`).

| module | |
|---|---|
| `package` | what a film cut into segments is |
| `store` | where packages lie, read whole and put there whole |
| `hls` | the lines that every playlist is made of, and the one of a film played once |
| `looped` | a film shown as live, again and again |
| `growing` | a film shown while its pieces arrive |
| `sources/<kind>/` | where pictures come from: a folder each, of one shape (`sources.interface`) |

Segments are fragmented MP4 (CMAF), not MPEG-TS: hls.js hands them to the browser as they are, where it would have to
take TS apart and wrap it anew in script on the viewer's phone; iOS plays them since version 10; and a clip of the demo
is a tenth smaller in them.
"""

from fieldcast.live.video.hls import CONTENT_TYPES, vod_playlist
from fieldcast.live.video.looped import ended_playlist, live_playlist
from fieldcast.live.video.package import Package, Segment
from fieldcast.live.video.store import read_package

__all__ = [
    "CONTENT_TYPES",
    "Package",
    "Segment",
    "ended_playlist",
    "live_playlist",
    "read_package",
    "vod_playlist",
]
