// A reader's own picture: read in the browser, redrawn at a sane size, never sent. The redraw keeps what is seen and
// nothing else: where and when it was taken, and with which camera, is gone.

const LONGEST = 1600; // half of an A3 sheet at print quality
const LARGEST = 40 * 1024 * 1024;
const PIXELS = 60e6;
export const PICTURE = /^data:image\/jpeg;base64,[A-Za-z0-9+/=]+$/;

/** Width and height as a PNG or a JPEG states them, before anything is decoded; null where it cannot be told. */
export function statedSize(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length > 24 && view.getUint32(0) === 0x89504e47) return [view.getUint32(16), view.getUint32(20)];
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let place = 2; place + 9 < bytes.length;) {
    if (bytes[place] !== 0xff) return null;
    const marker = bytes[place + 1];
    if (marker === 0xff) { place += 1; continue; }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return [view.getUint16(place + 7), view.getUint16(place + 5)];
    place += 2 + view.getUint16(place + 2);
  }
  return null;
}

/**
 * Read a chosen file as a picture.
 * @param {File} file
 * @returns {Promise<{data: string, size: [number, number]}>} An Error says in words why it cannot be used.
 */
export async function readPicture(file) {
  const megabytes = `${Math.ceil(file.size / 1024 / 1024)} MB`;
  if (file.type === "image/svg+xml") throw new Error("a drawing in SVG can carry more than a picture; save it as PNG or JPEG first");
  if (file.type && !file.type.startsWith("image/")) throw new Error("it is no picture");
  if (file.size > LARGEST) throw new Error(`it has ${megabytes}, more than this page can hold; make a smaller copy first`);
  const stated = statedSize(new Uint8Array(await file.slice(0, 1024 * 1024).arrayBuffer()));
  if (stated && stated[0] * stated[1] > PIXELS) throw new Error(`it is ${stated[0]} by ${stated[1]} pixels, more than this page can hold; make a smaller copy first`);
  let drawn;
  try {
    drawn = await createImageBitmap(file);
  } catch {
    throw new Error("it is broken, or of a kind that this browser does not read; save it as JPEG or PNG first");
  }
  const scale = Math.min(1, LONGEST / Math.max(drawn.width, drawn.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(drawn.width * scale));
  canvas.height = Math.max(1, Math.round(drawn.height * scale));
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#ffffff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.imageSmoothingQuality = "high";
  brush.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  drawn.close();
  const data = canvas.toDataURL("image/jpeg", 0.86);
  if (!PICTURE.test(data)) throw new Error("this browser does not let the page redraw it");
  return { data, size: [canvas.width, canvas.height] };
}
