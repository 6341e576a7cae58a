import { expect, test } from "vitest";
import { type Clip, clipped } from "../../src/learning/gradient-clipping.ts";

const clip = (values: number[], by: Clip): number[] => {
  const gradient = new Float64Array(values.length);
  const source = clipped((_w, out) => {
    out.set(values);
    return 7;
  }, by);
  expect(source(new Float64Array(values.length), gradient, 0)).toBe(7);
  return [...gradient];
};

test("by norm, a longer gradient keeps its direction and gets that length; a shorter one stays as it is", () => {
  expect(clip([3, -4], { norm: 1 })).toEqual([3 * (1 / 5), -4 * (1 / 5)]);
  expect(clip([3, -4], { norm: 5 })).toEqual([3, -4]);
  expect(clip([0, 0], { norm: 1 })).toEqual([0, 0]);
});

test("by norm, a gradient whose squares overflow still has its direction", () => {
  const [x, y] = clip([3e200, -4e200], { norm: 1 });
  expect(Math.abs(x - 0.6)).toBeLessThan(2 * Number.EPSILON);
  expect(Math.abs(y + 0.8)).toBeLessThan(2 * Number.EPSILON);
});

test("by value, each entry is bounded by itself", () => {
  expect(clip([3, -4, 0.5], { value: 1 })).toEqual([1, -1, 0.5]);
});

test("what is not a number is not hidden", () => {
  expect(clip([1, Number.NaN], { value: 1 })[1]).toBeNaN();
  expect(clip([1, Number.NaN], { norm: 1 })[1]).toBeNaN();
  expect(clip([1, Infinity], { norm: 1 })[1]).toBeNaN();
});

test.each([
  [{ norm: 0 }, "clip.norm is 0: needs a positive number"],
  [{ value: Number.NaN }, "clip.value is NaN: needs a positive number"],
  [{ norm: 1, value: 1 }, 'clip is {"norm":1,"value":1}: needs either { norm } or { value }'],
  [{}, "clip is {}: needs either { norm } or { value }"],
  [1, "clip is 1: needs either { norm } or { value }"],
])("%j is refused", (by, message) => {
  expect(() => clipped(() => 0, by as Clip)).toThrow(message);
});
