"""Pictures made for tests, good and hostile: each is bytes as somebody's device would send them."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

SCRIPT = b"<script>alert(document.cookie)</script>"
PLACE_WORDS = b"HUAWEI"


def orchard(size: tuple[int, int] = (640, 480), *, shift: int = 0, mode: str = "RGB") -> Image.Image:
    """A picture with something to tell it by: hills, a sun, rows of trees."""
    picture = Image.new("RGB", size, (150, 190, 230))
    pen = ImageDraw.Draw(picture)
    width, height = size
    pen.ellipse([width * 0.7, height * 0.1, width * 0.85, height * 0.3], fill=(250, 230, 120))
    pen.polygon([(0, height), (width * 0.4, height * 0.4), (width, height)], fill=(70, 110, 60))
    for column in range(6):
        x = width * (0.08 + column * 0.15) + shift
        pen.rectangle([x, height * 0.6, x + width * 0.06, height * 0.95], fill=(40 + column * 25, 70, 30))
    return picture.convert(mode)


def other(size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Another picture altogether."""
    picture = Image.new("RGB", size, (20, 20, 30))
    pen = ImageDraw.Draw(picture)
    for ring in range(9):
        box = [ring * 30, ring * 25, size[0] - ring * 40, size[1] - ring * 20]
        pen.ellipse(box, fill=(255 - ring * 27, ring * 25, (ring * 80) % 255))
    return picture


def saved(picture: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def exif(orientation: int = 1, **gps: object) -> Image.Exif:
    """What a phone writes: where, when, with what."""
    found = Image.Exif()
    found[0x010F], found[0x0110], found[0x0112] = "HUAWEI", "P60", orientation
    details = found.get_ifd(0x8769)
    details[0x9003], details[0x9011] = "2026:11:22 10:03:04", "+08:00"
    place = found.get_ifd(0x8825)
    place.update({1: "N", 2: (IFDRational(30), IFDRational(15), IFDRational(36)), 3: "E"})
    place.update(
        {4: (IFDRational(109), IFDRational(30), IFDRational(0)), **{int(k[1:]): v for k, v in gps.items()}}
    )
    return found


def photo(orientation: int = 1) -> bytes:
    return saved(orchard(), exif=exif(orientation), comment=b"taken at home", quality=92)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG put together by hand, whatever it claims."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    """A JPEG whose head claims another size than it has."""
    content = bytearray(saved(orchard()))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def many_scans(times: int) -> bytes:
    """A progressive JPEG whose last pass is made again and again."""
    content = saved(orchard(), progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * times + b"\xff\xd9"


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def with_segment(marker: int, data: bytes) -> bytes:
    """A JPEG with one more segment at its beginning."""
    content = saved(orchard())
    return content[:2] + segment(marker, data) + content[2:]


def exif_in_circles() -> bytes:
    """A directory that names itself as the next one, and as its own details."""
    entries = struct.pack(">HHII", 0x8769, 4, 1, 8) + struct.pack(">HHII", 0x8825, 4, 1, 8)
    tiff = b"MM\x00\x2a\x00\x00\x00\x08" + struct.pack(">H", 2) + entries + struct.pack(">I", 8)
    return with_segment(0xE1, b"Exif\x00\x00" + tiff)


def exif_of_odd_numbers() -> bytes:
    zero = (IFDRational(1, 0), IFDRational(0, 0), IFDRational(5, 7))
    return saved(orchard(), exif=exif(1, _2=zero, _4=(IFDRational(999),)))


def exif_bomb() -> bytes:
    """A PNG with ten megabytes of EXIF."""
    return png_with(chunk(b"eXIf", b"MM\x00\x2a\x00\x00\x00\x08" + b"\x00" * 10_000_000))


def png_with(*chunks: bytes) -> bytes:
    """A real PNG with chunks put in after its head."""
    content = saved(orchard(), "PNG")
    return content[:33] + b"".join(chunks) + content[33:]


def text_bomb() -> bytes:
    return png_with(chunk(b"zTXt", b"note\x00\x00" + zlib.compress(b"A" * 80_000_000, 9)))


def profile_bomb() -> bytes:
    return png_with(chunk(b"iCCP", b"icc\x00\x00" + zlib.compress(b"A" * 80_000_000, 9)))


def pixel_bomb() -> bytes:
    rows = zlib.compress(b"\x00" * (30_000 * 100), 9)
    return png(30_000, 30_000, chunk(b"IDAT", rows))


def more_pixels_than_said() -> bytes:
    return png(8, 8, chunk(b"IDAT", zlib.compress(b"\x00" * 60_000_000, 9)))


def frames(count: int) -> bytes:
    pictures = [orchard((64, 64), shift=number) for number in range(count)]
    return saved(pictures[0], "WEBP", save_all=True, append_images=pictures[1:], duration=40)


def archive(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, content)
    return out.getvalue()


def noted() -> PngInfo:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta><rdf:li>taken at home</rdf:li></x:xmpmeta>")
    return info


PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>'
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
SHELL = b"#!/bin/sh\nrm -rf /\n"
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200
Maker = Callable[[], bytes]

# outcome → name → what is sent
REFUSED: dict[str, dict[str, Maker]] = {
    "not_a_picture": {
        "nothing": lambda: b"",
        "one byte": lambda: b"\xff",
        "a beginning and no more": lambda: b"\xff\xd8",
        "a letter": lambda: "您好，".encode() * 1000,
        "noise": lambda: bytes(range(256)) * 100,
        "zeros": lambda: b"\x00" * 10_000,
        "an SVG with script": lambda: SVG,
        "an SVG that is compressed": lambda: gzip.compress(SVG),
        "an SVG that is a million entities": lambda: b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><svg>&a;</svg>",
        "a page": lambda: HTML,
        "a PDF with JavaScript": lambda: PDF,
        "a PDF before a picture": lambda: PDF + saved(orchard()),
        "a GIF": lambda: saved(orchard(), "GIF"),
        "a GIF that is a script": lambda: b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)",
        "a TIFF": lambda: saved(orchard(), "TIFF"),
        "a BMP": lambda: saved(orchard((64, 64)), "BMP"),
        "an icon": lambda: saved(orchard((64, 64)), "ICO"),
        "a Targa, which has no beginning of its own": lambda: saved(orchard((64, 64)), "TGA"),
        "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n",
        "a picture of numbers": lambda: b"P3 1 1 255 0 0 0\n",
        "an archive": lambda: archive("a.jpg", saved(orchard())),
        "an archive that swells": lambda: archive("a", b"\x00" * 20_000_000),
        "a table": lambda: archive("xl/workbook.xml", b"<workbook/>"),
        "a program": lambda: ELF,
        "a program of Windows": lambda: b"MZ" + b"\x00" * 100,
        "a shell script": lambda: SHELL,
        "a film": lambda: b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 100,
        "a sound, in the wrapping of WebP": lambda: b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 40,
        "a picture after a space": lambda: b" " + saved(orchard()),
    },
    "picture_broken": {
        "the head of a JPEG and a script": lambda: b"\xff\xd8\xff\xe0" + SCRIPT,
        "the head of a PNG and a page": lambda: b"\x89PNG\r\n\x1a\n" + HTML,
        "the head of WebP and nothing": lambda: b"RIFF\xff\xff\xff\x7fWEBPVP8 ",
        "a JPEG cut off": lambda: saved(orchard())[:9000],
        "a PNG cut off": lambda: saved(orchard(), "PNG")[:1200],
        "a WebP cut off": lambda: saved(orchard(), "WEBP")[:2000],
        "a JPEG of no width": lambda: jpeg_claiming(0, 480),
        "a PNG of no size": lambda: png(0, 0, chunk(b"IDAT", zlib.compress(b""))),
        "a PNG without pixels": lambda: png(64, 64),
        "a PNG whose pixels are no pixels": lambda: png(64, 64, chunk(b"IDAT", b"not compressed")),
        "a PNG whose sum is wrong": lambda: (
            saved(orchard(), "PNG").replace(b"IHDR", b"IHDR", 1)[:29]
            + b"\x00\x00\x00\x00"
            + saved(orchard(), "PNG")[33:]
        ),
        "a PNG of a depth that is not": lambda: png(8, 8, depth=7),
        "a PNG whose words swell to 80 MB": text_bomb,
        "a JPEG of two thousand passes": lambda: many_scans(2000),
        "a colour profile that swells to 80 MB": profile_bomb,
    },
    "too_many_dots": {
        "a PNG of 900 million dots": pixel_bomb,
        "a PNG of four thousand million a side": lambda: png(2**31 - 1, 2**31 - 1, chunk(b"IDAT", b"")),
        "a JPEG that claims 65,000 a side": lambda: jpeg_claiming(65_000, 65_000),
        "a PNG a little too large": lambda: png(6000, 4001, chunk(b"IDAT", b"")),
    },
    "picture_too_heavy": {
        "more than is taken": lambda: saved(orchard()) + b"\x00" * (15 * 2**20),
    },
}
# kept, drawn anew, and nothing of what it carried comes along
DISARMED: dict[str, Maker] = {
    "a photo with its place": photo,
    "a photo with words in a PNG": lambda: saved(orchard(), "PNG", pnginfo=noted()),
    "a picture with a page behind its end": lambda: saved(orchard()) + HTML,
    "a picture with an archive behind its end": lambda: saved(orchard()) + archive("run.sh", SHELL),
    "a PNG with a program behind its end": lambda: saved(orchard(), "PNG") + ELF,
    "a picture with a script in its comment": lambda: with_segment(0xFE, SCRIPT),
    "a picture with a PDF in a segment": lambda: with_segment(0xEA, PDF),
    "a picture with a colour profile that is a script": lambda: with_segment(
        0xE2, b"ICC_PROFILE\x00\x01\x01" + SCRIPT
    ),
    "EXIF that leads in circles": exif_in_circles,
    "EXIF of odd numbers": exif_of_odd_numbers,
    "EXIF of ten megabytes": exif_bomb,
    "EXIF that is a script": lambda: with_segment(0xE1, b"Exif\x00\x00" + SCRIPT),
    "a JPEG that claims to be taller than it is, and is grey there": lambda: jpeg_claiming(640, 6000),
    "more pixels than the head says": more_pixels_than_said,
    "a film of forty pictures": lambda: frames(40),
    "four colours of print": lambda: saved(orchard(mode="CMYK")),
    "grey": lambda: saved(orchard(mode="L")),
    "a palette": lambda: saved(orchard(mode="P"), "PNG"),
    "transparent": lambda: saved(orchard(mode="RGBA"), "PNG"),
    "one dot": lambda: saved(orchard((1, 1))),
    "a ribbon": lambda: saved(orchard((20_000, 2)), "PNG"),
}
NAMES: dict[str, str] = {
    "桃园 一号.JPG": "桃园 一号.jpg",
    "../../../etc/passwd": "passwd.jpg",
    "..\\..\\windows\\win.ini": "win.jpg",
    "/abs/olute.png": "olute.jpg",
    "a\x00.php": "a.jpg",
    "photo.php.jpg": "photo.php.jpg",
    "photo.jpg\u202egpj.exe": "photo.jpggpj.jpg",
    "\u200b\u200f": "",
    "..": "",
    "": "",
    "con.": "con.jpg",
    "a" * 500 + ".jpeg": "a" * 80 + ".jpg",
    '"><img src=x onerror=alert(1)>.jpg': '"><img src=x onerror=alert(1)>.jpg',
    "line\r\nSet-Cookie: a=b.jpg": "line Set-Cookie: a=b.jpg",
    "\ud800half": "half.jpg",
}
