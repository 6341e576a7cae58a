import { zlibSync } from "fflate";
import { crc32 } from "./crc32.ts";

/** A picture of few colours. */
export interface IndexedImage {
  readonly width: number;
  readonly height: number;
  /** At most 256, each with an opacity in [0, 1]. */
  readonly palette: readonly { readonly rgb: readonly [number, number, number]; readonly opacity: number }[];
  /** The colour of each pixel by its place in the palette, row by row from the top. */
  readonly pixels: Uint8Array;
}

/** A PNG file.  [W3C, Portable Network Graphics, third edition] */
export const packPng = ({ width, height, palette, pixels }: IndexedImage): Uint8Array => {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits each, colours from a palette.
  header.set([8, 3], 8);
  return joined([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flatMap(({ rgb }) => rgb))),
    chunk(
      "tRNS",
      Uint8Array.from(palette, ({ opacity }) => Math.round(255 * opacity)),
    ),
    chunk("IDAT", zlibSync(filtered(pixels, width, height), { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  ]);
};

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Rows as differences from the one above: rows that are alike become nought. */
const UP = 2;

const filtered = (pixels: Uint8Array, width: number, height: number): Uint8Array => {
  const rows = new Uint8Array(height * (width + 1));
  for (let y = 0; y < height; y++) {
    const start = y * (width + 1);
    rows[start] = UP;
    for (let x = 0; x < width; x++)
      rows[start + 1 + x] = pixels[y * width + x] - (y > 0 ? pixels[(y - 1) * width + x] : 0);
  }
  return rows;
};

const chunk = (name: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
};

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};
