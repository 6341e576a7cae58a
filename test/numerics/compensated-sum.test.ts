import { expect, test } from "vitest";
import { compensatedSum } from "../../src/numerics/compensated-sum.ts";

test("a million terms lose nothing", () => {
  const sum = compensatedSum();
  let plain = 0;
  for (let k = 0; k < 1_000_000; k++) {
    sum.add(0.1);
    plain += 0.1;
  }
  expect(sum.value()).toBe(100_000);
  expect(Math.abs(plain - 100_000)).toBeGreaterThan(1e-7);
});

test("small terms before and after a large one count", () => {
  const sum = compensatedSum();
  for (const term of [1, 2 ** 60, 1, 254]) sum.add(term);
  expect(sum.value()).toBe(2 ** 60 + 256);
});
