import { expect, test } from "vitest";
import { pngRenderer, svgToPng } from "../../src/report/png.ts";

const svg = (content: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20">${content}</svg>`;

test("a PNG is twice the size of the drawing", async () => {
  const png = await svgToPng(svg(""));
  const view = new DataView(png.buffer, png.byteOffset);
  expect([...png.subarray(1, 4)]).toEqual([..."PNG"].map(letter => letter.charCodeAt(0)));
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([120, 40]);
});

test("text is drawn with the font that ships with the package", async () => {
  const blank = await svgToPng(svg(""));
  const word = await svgToPng(svg('<text x="2" y="15" font-family="DejaVu Sans, sans-serif">4++</text>'));
  expect(word.length).toBeGreaterThan(blank.length);
});

test("a machine without the native renderer is told which package is missing, and for what", async () => {
  const missing = () => Promise.reject(new Error("Cannot find module '@resvg/resvg-js-linux-riscv64'\nRequire stack"));
  await expect(pngRenderer(missing)).rejects.toThrow(
    /^@resvg\/resvg-js cannot be loaded on \w+ \w+: Cannot find module '@resvg\/resvg-js-linux-riscv64'$/,
  );
});
