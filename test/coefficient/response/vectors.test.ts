import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { responseVectors } from "../../../src/coefficient/response/vectors.ts";
import { verifyFile, verifyWith } from "../../../src/lab/verify.ts";
import { messageOf } from "../../support/message-of.ts";

const text = readFileSync(new URL("../../vectors/response.json", import.meta.url), "utf8");
const file = JSON.parse(text) as {
  cases: { quantity: string; expected: { [name: string]: number }; tolerance: { relative: number } }[];
};

test("averages around minima are those of integrals, and their limits", async () => {
  const { passed, failed } = await verifyFile(text, "response.json");
  expect({ passed, failed }).toEqual({ passed: file.cases.length, failed: 0 });
  expect([...new Set(file.cases.map(({ quantity }) => quantity))].sort()).toEqual(Object.keys(responseVectors).sort());
});

test("any value that is moved by ten times its tolerance fails its case and no other", () => {
  const missed: string[] = [];
  file.cases.forEach(({ expected, tolerance }, index) => {
    for (const name of Object.keys(expected)) {
      const copy = structuredClone(file);
      copy.cases[index].expected[name] *= 1 + 10 * tolerance.relative;
      copy.cases[index].expected[name] += 2e-11;
      const { cases } = verifyWith({ response: responseVectors }, JSON.stringify(copy), "moved.json");
      const failing = cases.flatMap(({ outcome }, i) => (outcome === "failed" ? [i] : []));
      if (failing.join() !== String(index)) missed.push(`case ${index}, ${name}: ${failing}`);
    }
  });
  expect(missed).toEqual([]);
});

test.each([
  ["covariance-limit", { sigma: [[1]], phi: [1, 2], psi: [1, 2] }, /^the length of sigma is 1: needs 2/],
  ["covariance-limit", { sigma: [[1]], phi: [1], psi: [1, 2] }, /^the length of psi is 2: needs 1/],
  [
    "mean-limit",
    { sigma: [[1]], third: [[[1, 2]]], gradient: [1], hessian: [[1]] },
    /^the length of third\[0\]\[0\] is 2/,
  ],
  ["power-moment", { t: 1, k: [1], j: [1, 2] }, /^the length of j is 2/],
  ["quartic-averages", { lambda: 1, alpha: 3, gamma: 1, t: 10 }, /^alpha is 3: needs alpha\^2 below/],
])("%s: what does not fit is refused by name", (quantity, input, message) => {
  expect(messageOf(() => responseVectors[quantity](input))).toMatch(message);
});
