import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findTransitions } from "../../../src/transitions/detect/index.ts";

test("the grokking log that is committed has the four transitions that eyes see, whatever else the search learns", () => {
  const [names, ...rows] = readFileSync(join(import.meta.dirname, "../../../examples/data/grokking.csv"), "utf8")
    .trim()
    .split("\n")
    .map(line => line.split(","));
  const step = rows.map(row => Number(row[0]));
  const tracks = names.slice(1).map((name, c) => ({ name, step, value: rows.map(row => Number(row[c + 1])) }));
  const { transitions } = findTransitions(tracks);
  // Memorisation; the accuracy of the test leaves chance; it rises; it stays where it is.
  const seen = [
    { track: "train_accuracy", type: "level", from: [5, 12], to: [20, 35] },
    { track: "test_accuracy", type: "slope", from: [600, 750], to: [600, 750] },
    { track: "test_accuracy", type: "level", from: [1150, 1350], to: [2250, 2500] },
    { track: "test_accuracy", type: "variance", from: [2700, 2900], to: [2700, 2900] },
  ];
  expect(transitions.length).toBe(seen.length);
  for (const [i, { track, type, from, to }] of seen.entries()) {
    const { changes, ...span } = transitions[i];
    expect(changes.map(change => `${change.track}: ${change.type}`)).toContain(`${track}: ${type}`);
    for (const [place, [low, high]] of [
      [span.from, from],
      [span.to, to],
    ] as const) {
      expect(place, `transition ${i + 1}`).toBeGreaterThanOrEqual(low);
      expect(place, `transition ${i + 1}`).toBeLessThanOrEqual(high);
    }
  }
});
