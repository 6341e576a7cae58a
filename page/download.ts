import { svgText } from "../src/charts/svg.ts";
import { page } from "../src/charts/theme.ts";
import type { DataTable, Picture } from "./picture.ts";

const WIDTH = 760;

/** Gives the visitor a file; nothing is sent anywhere. */
export const save = (name: string, content: BlobPart, type: string): void => {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};

export const saveSvg = (picture: Picture): void => save(`${picture.name}.svg`, svgOf(picture), "image/svg+xml");

const svgOf = (picture: Picture): string => svgText(picture.draw({ width: WIDTH, height: picture.height }));

/** The same picture in pixels, twice as many as it has on the page. */
export const savePng = async (picture: Picture): Promise<void> => {
  const image = new Image();
  // Without a colour around it, text would be invisible on the white ground.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgOf(picture).replace("<svg ", '<svg color="#1b1f24" '))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  const context = canvas.getContext("2d")!;
  context.fillStyle = page.light;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>(done => canvas.toBlob(done, "image/png"));
  if (blob) save(`${picture.name}.png`, blob, "image/png");
};

export const saveCsv = ({ name, table }: Picture): void => save(`${name}.csv`, csvOf(table()), "text/csv");

/** Cells that hold a comma, a quote or a line end are quoted. A formula would be run by a spreadsheet: it is made text. */
export const csvOf = ({ columns, rows }: DataTable): string =>
  [columns, ...rows].map(row => row.map(cellOf).join(",")).join("\r\n");

const cellOf = (value: number | string): string => {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
