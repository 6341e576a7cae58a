import { element, type SvgElement } from "./svg.ts";
import { fontSize, ink } from "./theme.ts";

export interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
}

/** Superscripts, few of which most fonts have, and what is drawn for them, raised and smaller. */
const RAISED = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b";
const DRAWN = "0123456789\u2212";
const RAISED_SIZE = 0.75;
const RAISED_BY = 0.4;

/** Widths of the characters from space to tilde in DejaVu Sans, in hundredths of its size. */
const widths = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
  84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61,
  69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59,
  82, 59, 59, 52, 64, 34, 64, 84,
];
const signs: { readonly [sign: string]: number } = {
  ...{ "\u2212": 84, "\u00d7": 84, "\u2002": 50 },
  // Drawn as smaller digits.
  ...Object.fromEntries([...RAISED].map(sign => [sign, RAISED_SIZE * (sign === "\u207b" ? 84 : 64)])),
};
/** At most: other letters and signs, and those of the East of Asia and pictures. */
const OTHER = 100;
const WIDE = 130;
/** Bold letters are wider by this factor at most, on average over a word. */
const BOLD = 1.13;

/** Width of a string in pixels, in DejaVu Sans. */
export const textWidth = (text: string, { size = fontSize, bold = false }: TextStyle = {}): number => {
  let sum = 0;
  for (const character of text) sum += widthOf(character);
  return (sum * size * (bold ? BOLD : 1)) / 100;
};

const widthOf = (character: string): number => {
  const code = character.codePointAt(0)!;
  return widths[code - 32] ?? signs[character] ?? (code < 0x2e80 ? OTHER : WIDE);
};

/** A string in lines no wider than `width`, broken between words, and within a word that is wider. */
export const wrapped = (text: string, width: number, style: TextStyle = {}): readonly string[] => {
  const fits = (line: string) => textWidth(line, style) <= width;
  const lines: string[] = [];
  let line = "";
  const append = (piece: string, between: string): void => {
    if (line !== "" && !fits(line + between + piece)) {
      lines.push(line);
      line = piece;
    } else line = line === "" ? piece : line + between + piece;
  };
  for (const word of text.split(" "))
    if (fits(word)) append(word, " ");
    else for (const [i, character] of [...word].entries()) append(character, i === 0 ? " " : "");
  return line === "" && lines.length > 0 ? lines : [...lines, line];
};

/** A string cut with an ellipsis where it is wider than `width`. */
export const cutTo = (text: string, width: number, style: TextStyle = {}): string => {
  if (textWidth(text, style) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join("")}\u2026`, style) > width) characters.pop();
  return `${characters.join("").trimEnd()}\u2026`;
};

export interface TextPlace extends TextStyle {
  readonly anchor?: "start" | "middle" | "end";
  readonly fill?: string;
  /** Turned to be read from below. */
  readonly upright?: boolean;
}

/** Half of the height of letters without ascenders, in parts of the size: from a line's middle to what it stands on. */
const TO_BASELINE = 0.35;

/** A line of text whose middle is at the height `y`. */
export const textAt = (
  x: number,
  y: number,
  text: string,
  { anchor = "middle", size = fontSize, bold = false, fill = ink, upright = false }: TextPlace = {},
): SvgElement =>
  element(
    "text",
    {
      x: upright ? x + TO_BASELINE * size : x,
      y: upright ? y : y + TO_BASELINE * size,
      "text-anchor": anchor,
      "font-size": size,
      fill,
      ...(bold && { "font-weight": "bold" }),
      ...(upright && {
        transform: `rotate(-90,${Math.round(100 * (x + TO_BASELINE * size)) / 100},${Math.round(100 * y) / 100})`,
      }),
    },
    piecesOf(text, size),
  );

const raisedPart = new RegExp(`([${RAISED}]+)`);

/** A string with its superscripts raised. */
const piecesOf = (text: string, size: number): (SvgElement | string)[] => {
  const parts = text.split(raisedPart);
  return parts.flatMap((part, i): (SvgElement | string)[] => {
    if (part === "") return [];
    if (i % 2 === 0) return i === 0 ? [part] : [element("tspan", { dy: RAISED_BY * size }, part)];
    const digits = [...part].map(sign => DRAWN[RAISED.indexOf(sign)]).join("");
    return [element("tspan", { dy: -RAISED_BY * size, "font-size": RAISED_SIZE * size }, digits)];
  });
};

export interface RowPlace {
  readonly x: number;
  /** 0 is the nearest to the plot. */
  readonly row: number;
}

const BETWEEN = 6;

/** Places for labels centred on positions, between two ends: in one row, or in as many as keep them apart. */
export const inRows = (
  labels: readonly { readonly text: string; readonly at: number }[],
  [left, right]: readonly [number, number],
  style: TextStyle = {},
): readonly RowPlace[] => {
  const ends: number[] = [];
  const places = new Array<RowPlace>(labels.length);
  const inOrder = labels.map((label, index) => ({ ...label, index })).sort((a, b) => a.at - b.at);
  for (const { text, at, index } of inOrder) {
    const half = textWidth(text, style) / 2;
    const x = Math.max(left + half, Math.min(right - half, at));
    const free = ends.findIndex(end => end + BETWEEN <= x - half);
    const row = free >= 0 ? free : ends.length;
    ends[row] = x + half;
    places[index] = { x, row };
  }
  return places;
};

/** How many rows there are. */
export const rowCount = (places: readonly RowPlace[]): number =>
  places.reduce((most, { row }) => Math.max(most, row + 1), 0);
