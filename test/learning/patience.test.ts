import { expect, test } from "vitest";
import { type Patience, patience } from "../../src/learning/patience.ts";

/** The index of the value at which it says stop. */
const stopsAt = (held: Patience, values: number[]) => values.findIndex(value => held.check(value));

test("stops at the last of so many checks in a row without a new best value", () => {
  expect(stopsAt(patience({ checks: 3 }), [5, 4, 4, 6, 3, 3, 3, 3, 2])).toBe(7);
  expect(stopsAt(patience({ checks: 1 }), [5, 4, 3, 3])).toBe(3);
  expect(stopsAt(patience({ checks: 2 }), [3, 2, 1, 0, -1])).toBe(-1);
});

test("an improvement is counted from the best value, so that slow progress adds up", () => {
  expect(stopsAt(patience({ checks: 2, improvement: 1 }), [10, 9.5, 9.25])).toBe(2);
  expect(stopsAt(patience({ checks: 3, improvement: 1 }), [10, 9.5, 8.9, 8.5, 7.8])).toBe(-1);
});

test("a copy of its state goes on where it was", () => {
  const values = [5, 4, 4.5, 4.2];
  const first = patience({ checks: 3 });
  expect(stopsAt(first, values)).toBe(-1);
  const second = patience({ checks: 3 }, JSON.parse(JSON.stringify(first.state)));
  expect(second.state).toEqual({ checked: 4, best: 4, waited: 2 });
  expect(second.check(4.1)).toBe(true);
  expect(first.state.waited).toBe(2);
});

test.each([
  ["checks", () => patience({ checks: 0 })],
  ["improvement", () => patience({ checks: 1, improvement: -1 })],
  ["value", () => patience({ checks: 1 }).check(Number.NaN)],
])("a bad %s is refused by name", (name, make) => {
  expect(make).toThrow(new RegExp(`^${name} is `));
});
