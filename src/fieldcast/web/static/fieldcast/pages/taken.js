// When a picture was taken, as its camera wrote it (EXIF 2.32), kept though the picture is made smaller before it is
// sent: that moment alone, never where. What cannot be read is not known.

const DETAILS = 0x8769, TAKEN_AT = 0x9003, OFFSET = 0x9011;
const HEAD = 256 * 1024; // bytes in which a camera writes it

function entries(tiff, at, little) {
  const found = new Map();
  for (let left = tiff.getUint16(at, little), here = at + 2; left > 0; left -= 1, here += 12) {
    found.set(tiff.getUint16(here, little), here);
  }
  return found;
}

function words(tiff, entry, little) {
  if (entry === undefined) return "";
  const length = tiff.getUint32(entry + 4, little);
  const from = length > 4 ? tiff.getUint32(entry + 8, little) : entry + 8;
  let said = "";
  for (let at = from; at < from + Math.min(length, 40); at += 1) said += String.fromCharCode(tiff.getUint8(at));
  return said.replaceAll("\0", "").trim();
}

function exif(view) {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda; at += 2 + view.getUint16(at + 2)) {
    const ours = view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966; // "Exif"
    if (ours) return new DataView(view.buffer, at + 10, view.getUint16(at + 2) - 8);
  }
  return null;
}

export async function taken(file) {
  try {
    const tiff = exif(new DataView(await file.slice(0, HEAD).arrayBuffer()));
    const little = tiff.getUint16(0) === 0x4949;
    const first = entries(tiff, tiff.getUint32(4, little), little);
    const details = entries(tiff, tiff.getUint32(first.get(DETAILS) + 8, little), little);
    const said = [TAKEN_AT, OFFSET].map((tag) => [tag, words(tiff, details.get(tag), little)]);
    return said.filter(([, text]) => text);
  } catch {
    return []; // no camera's picture, or an odd one
  }
}

// The picture with these words, and nothing else, written beside it.
export function beside(blob, said) {
  if (!said.length) return blob;
  const begins = 26 + 2 + 12 * said.length + 4;
  const bytes = new Uint8Array(begins + said.reduce((sum, [, text]) => sum + text.length + 1, 0));
  const tiff = new DataView(bytes.buffer);
  [[0, 0x4d4d], [2, 42], [8, 1], [10, DETAILS], [12, 4], [26, said.length]].forEach(([at, word]) => tiff.setUint16(at, word));
  [[4, 8], [14, 1], [18, 26]].forEach(([at, word]) => tiff.setUint32(at, word));
  let data = begins;
  said.forEach(([tag, text], place) => {
    const entry = 28 + 12 * place;
    tiff.setUint16(entry, tag);
    tiff.setUint16(entry + 2, 2); // ASCII
    tiff.setUint32(entry + 4, text.length + 1);
    tiff.setUint32(entry + 8, data);
    [...text].forEach((letter, step) => { bytes[data + step] = letter.charCodeAt(0); });
    data += text.length + 1;
  });
  const head = new DataView(new ArrayBuffer(10));
  head.setUint16(0, 0xffe1);
  head.setUint16(2, bytes.length + 8);
  head.setUint32(4, 0x45786966);
  return new Blob([blob.slice(0, 2), head.buffer, bytes, blob.slice(2)], { type: blob.type });
}
