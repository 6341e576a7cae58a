import fc from "fast-check";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { element, group, pathThrough, rounded, svgText } from "../../src/charts/svg.ts";

const { DOMParser } = new JSDOM("").window;

test("an element prints its attributes, children and text", () => {
  const dot = element("circle", { cx: 1.23456, cy: -0.001, r: 2 });
  expect(svgText(group({ fill: "none" }, [dot, element("text", { x: 3 }, "4++-")]))).toBe(
    '<g fill="none"><circle cx="1.23" cy="0" r="2"/><text x="3">4++-</text></g>',
  );
});

test("numbers have two decimals at most, and nought no sign", () => {
  expect([1.005, -0.004, 1 / 3, 1e6 + 1e-9, -2.675].map(rounded)).toEqual([1, 0, 0.33, 1e6, -2.67]);
  expect(Object.is(rounded(-0.001), 0)).toBe(true);
  expect(
    pathThrough([
      [0.1 + 0.2, 1],
      [2, -0.0001],
    ]),
  ).toBe("M0.3,1L2,0");
});

test("any text and any attribute are read back from well-formed XML", () => {
  const string = fc.string({
    unit: fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
      fc.constantFrom("<", "&", '"', "]]>", "\0", "\ud800"),
    ),
  });
  fc.assert(
    fc.property(string, string, (text, value) => {
      const printed = svgText(element("text", { xmlns: "http://www.w3.org/2000/svg", "aria-label": value }, text));
      const parsed = new DOMParser().parseFromString(printed, "image/svg+xml").documentElement;
      const kept = (each: string) =>
        each.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd");
      expect(parsed.tagName).toBe("text");
      expect(parsed.textContent).toBe(kept(text).replaceAll(/\r\n?/g, "\n"));
      expect(parsed.getAttribute("aria-label")).toBe(
        kept(value)
          .replaceAll(/\r\n?/g, "\n")
          .replaceAll(/[\t\n]/g, " "),
      );
    }),
  );
});

test("what is made cannot be changed", () => {
  const drawn = group({ fill: "none" }, [element("rect", { x: 1 })]);
  for (const part of [drawn, drawn.attributes, drawn.children, drawn.children[0]])
    expect(Object.isFrozen(part)).toBe(true);
});
