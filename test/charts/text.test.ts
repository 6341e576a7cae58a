import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import fc from "fast-check";
import { expect, test } from "vitest";
import { svgText } from "../../src/charts/svg.ts";
import { cutTo, inRows, rowCount, textAt, textWidth, wrapped } from "../../src/charts/text.ts";
import { advanceOf } from "./font.ts";

const require = createRequire(import.meta.url);
const font = (name: string) => advanceOf(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)));

test("the width of a character is that of the font that ships with the package", () => {
  const regular = font("DejaVuSans");
  for (let code = 32; code < 127; code++)
    expect(Math.abs(textWidth(String.fromCharCode(code), { size: 100 }) - 100 * regular(code))).toBeLessThan(0.6);
  for (const character of "⁰¹²⁹⁻−×λ…")
    expect(textWidth(character, { size: 1 })).toBeGreaterThanOrEqual(0.99 * regular(character.codePointAt(0)!));
});

test("bold words are no wider than is reckoned with", () => {
  const bold = font("DejaVuSans-Bold");
  for (const word of ["4-gon, 4 dead", "frequency 12", "0.1234", "run 7: 4++ to 5", "1,234,567"]) {
    const width = [...word].reduce((sum, character) => sum + bold(character.codePointAt(0)!), 0);
    expect(textWidth(word, { size: 1, bold: true })).toBeGreaterThanOrEqual(width);
  }
});

test("lines are broken between words, and within a word only where it is too wide", () => {
  expect(wrapped("one two three", 50)).toEqual(["one two", "three"]);
  expect(wrapped("one", 5_000)).toEqual(["one"]);
  expect(wrapped("", 50)).toEqual([""]);
  expect(wrapped("abcdefghij", 30).join("")).toBe("abcdefghij");
});

test("lines of any text are no wider than asked, and hold all of it", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 15, max: 300 }), (text, width) => {
      const lines = wrapped(text, width);
      for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }),
  );
});

test("what is too wide is cut, and says so", () => {
  expect(cutTo("short", 100)).toBe("short");
  expect(cutTo("a rather long label", 60)).toMatch(/^a rat.*…$/);
  expect(textWidth(cutTo("a rather long label", 60))).toBeLessThanOrEqual(60);
});

test("labels stand in one row while they fit, and in further rows where they would touch", () => {
  const labels = (...places: number[]) => places.map(at => ({ text: "label", at }));
  expect(inRows(labels(50, 150), [0, 200]).map(({ x, row }) => [x, row])).toEqual([
    [50, 0],
    [150, 0],
  ]);
  expect(inRows(labels(100, 102, 104), [0, 200]).map(({ row }) => row)).toEqual([0, 1, 2]);
  expect(rowCount(inRows(labels(), [0, 200]))).toBe(0);
  // At an end a label moves in.
  expect(inRows(labels(0), [0, 200])[0].x).toBeCloseTo(textWidth("label") / 2, 9);
});

test("powers are drawn as raised digits, which every font has", () => {
  const drawn = textAt(0, 0, "2×10⁻¹² s", { size: 10 });
  expect(svgText(drawn)).toContain(
    '>2×10<tspan dy="-4" font-size="7.5">\u221212</tspan><tspan dy="4"> s</tspan></text>',
  );
});
