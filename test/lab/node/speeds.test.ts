import { expect, test } from "vitest";
import { ceilingSpeed, productSpeed } from "../../../src/lab/node/kernel-speed.ts";
import { nativeSpeed } from "../../../src/lab/node/native/speed.ts";
import { toolchain } from "./native/tools.ts";

test("products of matrices stay below the loop that nothing of 128 bits can beat", async () => {
  const [ceiling, product] = [ceilingSpeed(), await productSpeed([])];
  for (const speed of [ceiling, product]) {
    expect(speed.f64).toBeGreaterThan(0);
    expect(speed.f32).toBeGreaterThan(speed.f64);
  }
  // Two measurements on a busy machine differ by less.
  expect(product.f32).toBeLessThan(1.5 * ceiling.f32);
});

test.skipIf(!toolchain)(
  "native code is measured with and without fused multiply-adds, and costs more before its first call than from the cache",
  () => {
    for (const isFused of [false, true]) {
      const { f32, f64, cold, warm } = nativeSpeed(toolchain!, isFused);
      expect(f64).toBeGreaterThan(0);
      expect(f32).toBeGreaterThan(f64);
      expect(warm).toBeGreaterThan(0);
      expect(cold).toBeGreaterThan(warm);
    }
  },
);
