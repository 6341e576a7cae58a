import { expect, test } from "vitest";
import { fillLegacyNormals, mersenneTwister, uniform24, uniform53 } from "../../src/numerics/mersenne-twister.ts";

test("the first and the ten-thousandth word at the reference seed 5489, as C++ prescribes for std::mt19937", () => {
  const word = mersenneTwister(5489);
  const words = Array.from({ length: 10_000 }, word);
  expect(words.slice(0, 3)).toEqual([3499211612, 581869302, 3890346734]);
  expect(words[9_999]).toBe(4123659995);
});

test("NumPy's RandomState: uniform numbers and normals at seed 0", () => {
  // numpy.random.RandomState(0).random_sample(3) and .standard_normal(4)
  const word = mersenneTwister(0);
  expect([uniform53(word), uniform53(word), uniform53(word)]).toEqual([
    0.5488135039273248, 0.7151893663724195, 0.6027633760716439,
  ]);
  const normals = new Float64Array(4);
  fillLegacyNormals(mersenneTwister(0), normals);
  [1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458].forEach((value, i) => {
    expect(normals[i]).toBeCloseTo(value, 14);
  });
});

test("PyTorch's single-precision uniform numbers are multiples of 2^-24; an odd count of normals is filled", () => {
  const word = mersenneTwister(7);
  for (let i = 0; i < 100; i++) {
    const value = uniform24(word) * 16777216;
    expect(Number.isInteger(value) && value >= 0 && value < 16777216).toBe(true);
  }
  const [odd, even] = [new Float64Array(3), new Float64Array(4)];
  fillLegacyNormals(mersenneTwister(3), odd);
  fillLegacyNormals(mersenneTwister(3), even);
  expect([...odd]).toEqual([...even.subarray(0, 3)]);
});

test.each([-1, 1.5, 4294967296])("seed %d is refused", seed => {
  expect(() => mersenneTwister(seed)).toThrow(/seed is .*: needs an integer from 0 to 2\^32 - 1/);
});
