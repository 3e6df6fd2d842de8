"""Video of the live room: films cut into HLS segments, and the playlists that show them as live.

What always holds: nothing is encoded again, only cut and wrapped anew; a file once served under a name never changes;
a playlist follows from the package and the clock alone, so every web process gives the same answer and none keeps
state.

Folders under the media root, one per source of pictures: `clips/<name>/` holds a film cut up whole (`package.json`,
`index.m3u8`, one initialisation file, segments). A source of another kind gets a folder beside `clips` and a module
beside `packaging` that writes the same `Package`; playlists and pages need not know the difference.

Segments are fragmented MP4 (CMAF), not MPEG-TS: hls.js hands them to the browser as they are, where it would have to
take TS apart and wrap it anew in script on the viewer's phone; iOS plays them since version 10; and a clip of the demo
is a tenth smaller in them.
"""

from fieldcast.live.media.inspection import Limits
from fieldcast.live.media.packaging import package_hls
from fieldcast.live.media.playlists import ended_playlist, live_playlist, vod_playlist
from fieldcast.live.media.store import CONTENT_TYPES, clip_directory, read_package
from fieldcast.live.media.types import Package, Segment

__all__ = [
    "CONTENT_TYPES",
    "Limits",
    "Package",
    "Segment",
    "clip_directory",
    "ended_playlist",
    "live_playlist",
    "package_hls",
    "read_package",
    "vod_playlist",
]
