import fc from "fast-check";
import { expect, test } from "vitest";
import { axisSettings, parseAxis } from "../../src/cli/axis-text.ts";
import type { Controls } from "../../src/contracts/field.ts";
import { LandauError } from "../../src/errors.ts";
import { messageOf } from "../support/message-of.ts";

const controls: Controls = {
  rate: { kind: "number", summary: "rate", default: 1, min: 1e-9, max: 10, scale: "log", formerly: ["lr"] },
  decay: { kind: "number", summary: "decay", default: 0 },
  width: { kind: "integer", summary: "width", default: 8, min: 1, max: 100 },
  kind: { kind: "choice", summary: "kind", default: "a", choices: ["a", "b"] },
};

test.each([
  ["rate=log(1e-5,1e-2,16)", { control: "rate", scale: "log", from: 1e-5, to: 1e-2, count: 16 }],
  [" decay = lin( -1.5 , +2e0, 3 ) ", { control: "decay", scale: "linear", from: -1.5, to: 2, count: 3 }],
  ["width=lin(1,9,5)", { control: "width", scale: "linear", from: 1, to: 9, count: 5 }],
])("%s", (text, axis) => {
  expect(parseAxis("--x", text, controls)).toEqual(axis);
});

const needs =
  "needs a control and its values, such as decoderRate=log(1e-5,1e-2,16) or weightDecay=lin(0,10,11), in quotes";
test.each([
  ["", needs],
  ["rate", needs],
  ["rate=", needs],
  ["rate=log(1,2)", needs],
  ["rate=log(1,2,3,4)", needs],
  ["rate=log(1,2,3", needs],
  ["rate=cubic(1,2,3)", needs],
  ["=log(1,2,3)", needs],
  ["rats=log(1,2,3)", '--x: unknown setting "rats": did you mean rate?'],
  ["lr=log(1,2,3)", '--x: setting "lr" is now called rate'],
  ["toString=log(1,2,3)", '--x: unknown setting "toString"'],
  ["kind=lin(0,1,2)", '--x is "kind": needs a control with numbers: rate, decay, width'],
  ["rate=log(-1,1,5)", "--x rate is -1: needs a number between 1e-9 and 10"],
  ["decay=log(-1,1,5)", "--x decay is -1: needs positive ends"],
  ["decay=log(0,1,5)", "--x decay is 0: needs positive ends"],
  ["decay=lin(1,NaN,5)", '--x decay is "NaN": needs a finite number'],
  ["decay=lin(1,1e999,5)", "--x decay is Infinity: needs a finite number"],
  ["decay=lin(1,0,5)", "--x decay is 0: needs a second end above the first, which is 1"],
  ["decay=lin(1,1,5)", "--x decay is 1: needs a second end above the first"],
  ["width=lin(0.5,9,5)", "--x width is 0.5: needs a whole number between 1 and 100"],
  ["rate=lin(1,2,1)", 'the number of values of --x is "1": needs a whole number between 2 and 1024'],
  ["rate=lin(1,2,1e3)", 'the number of values of --x is "1e3"'],
  ["rate=lin(1,2,)", 'the number of values of --x is ""'],
])("%s is refused", (text, message) => {
  expect(messageOf(() => parseAxis("--x", text, controls), "input")).toContain(message);
});

test("any text is read or refused in words", () => {
  const part = fc.constantFrom("rate", "=", "log", "lin", "(", ")", ",", "1", "-2", "1e3", " ", "∞", "\n", "[]");
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(part).map(parts => parts.join("")),
      ),
      text => {
        try {
          const { from, to, count } = parseAxis("--y", text, controls);
          expect(from < to && count >= 2).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(LandauError);
          expect((error as Error).message).toMatch(/^(--y|the number of values of --y)/);
        }
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});

test("axes as settings; without a second one there is none", () => {
  const x = parseAxis("--x", "rate=log(1,10,4)", controls);
  expect(axisSettings(x, undefined)).toEqual({
    ...{ xControl: "rate", xScale: "log", xFrom: 1, xTo: 10, columns: 4, yControl: "none" },
  });
  expect(axisSettings(x, parseAxis("--y", "decay=lin(0,1,3)", controls))).toMatchObject({
    ...{ yControl: "decay", yScale: "linear", yFrom: 0, yTo: 1, rows: 3 },
  });
});
