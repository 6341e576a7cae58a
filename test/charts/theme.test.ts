import { expect, test } from "vitest";
import { colours, onDark, page } from "../../src/charts/theme.ts";

/** Relative luminance of a colour #rrggbb (WCAG 2). */
const luminance = (colour: string): number => {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};

const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
};

test.each(Object.entries(colours))("%s stands out at least 3 : 1 from a light and from a dark page", (_, colour) => {
  expect(contrast(colour, page.light)).toBeGreaterThanOrEqual(3);
  expect(contrast(colour, page.dark)).toBeGreaterThanOrEqual(3);
});

test.each(Object.entries(onDark))("%s on a dark page stands out at least 6 : 1", (_, colour) => {
  expect(contrast(colour, page.dark)).toBeGreaterThanOrEqual(6);
});

test("colours of a dark page are no two alike, and none is one of a light page", () => {
  const all = [...Object.values(colours), ...Object.values(onDark)];
  expect(new Set(all).size).toBe(all.length);
});
