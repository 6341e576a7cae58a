import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { verifyFile } from "../../../src/lab/verify.ts";

const text = readFileSync(new URL("../../vectors/change-points.json", import.meta.url), "utf8");

test("partitions are those of ruptures, skchange and changeforest in 100 series; altered ones fail", async () => {
  const { passed, failed } = await verifyFile(text, "change-points.json");
  expect({ passed, failed }).toEqual({ passed: 100, failed: 0 });
  const moved = text.replaceAll(/"(mean|slope)":\[(\d+)/g, (_, name, at) => `"${name}":[${Number(at) + 1}`);
  const { failed: noticed } = await verifyFile(moved, "moved.json");
  // All series but those without a change.
  const { cases } = JSON.parse(text) as { cases: { expected: { mean: number[]; slope: number[] } }[] };
  expect(noticed).toBe(cases.filter(({ expected: { mean, slope } }) => mean.length + slope.length > 0).length);
  expect(noticed).toBeGreaterThan(60);
});
