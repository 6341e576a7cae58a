import { expect, test } from "vitest";
import { layersOf, singularMoves } from "../../../src/coefficient/estimate/singular-moves.ts";
import { matrixProduct } from "../../../src/coefficient/models/matrix-product.ts";
import { stream } from "../../../src/numerics/stream.ts";

test("layers are neighbouring matrices whose shapes fit, with more than one unit between them", () => {
  expect(layersOf(matrixProduct([2, 3, 1, 4]).parameters)).toEqual([
    { first: 0, second: 6, inputs: 2, units: 3, outputs: 1 },
  ]);
  expect(
    layersOf([
      { name: "a", shape: [3], offset: 0 },
      { name: "b", shape: [3], offset: 3 },
      { name: "A", shape: [3, 3], offset: 6 },
    ]),
  ).toEqual([]);
});

test.each([
  ["fewer inputs than units", 2, 3, 4],
  ["more", 4, 2, 1],
])("a normal distribution stays as it is: %s", (_, inputs, units, outputs) => {
  const [layer] = layersOf(matrixProduct([inputs, units, outputs]).parameters);
  const size = units * (inputs + outputs);
  const at = Float64Array.from({ length: size }, (_, i) => (i % 3) / 2);
  const energy = (v: Float64Array) => v.reduce((sum, x, i) => sum + 0.5 * (at[i] + x) ** 2, 0);
  const move = singularMoves([layer], at, energy);
  const random = stream({ seed: 4, purpose: "test of singular moves" });
  const v = new Float64Array(size);
  const draws = 4000;
  let [first, second, fourth] = [0, 0, 0];
  for (let draw = 0; draw < draws; draw++) {
    random.at(draw).normals(v);
    for (let i = 0; i < size; i++) v[i] -= at[i];
    for (let k = 0; k < 6; k++) move(v, random, k % 2 === 1);
    const square = (from: number, to: number) =>
      v.slice(from, to).reduce((sum, x, i) => sum + (at[from + i] + x) ** 2, 0);
    const ofFirst = square(0, units * inputs);
    first += ofFirst / draws;
    fourth += (ofFirst * ofFirst) / draws;
    second += square(units * inputs, size) / draws;
  }
  // Chi squared of as many numbers.
  const [p, q] = [units * inputs, units * outputs];
  expect(Math.abs(first - p)).toBeLessThan(4 * Math.sqrt((2 * p) / draws));
  expect(Math.abs(second - q)).toBeLessThan(4 * Math.sqrt((2 * q) / draws));
  expect(Math.abs(fourth / (p * p + 2 * p) - 1)).toBeLessThan(0.1);
});

test("a product of matrices near 0 goes to the stratum of the largest weight from one of another rank", () => {
  const map = matrixProduct([2, 2, 2]);
  const product = new Float64Array(4);
  const energy = (w: Float64Array): number => {
    map.evaluate(w, product);
    return 1e10 * product.reduce((sum, x) => sum + x * x, 0) + 0.5 * w.reduce((sum, x) => sum + x * x, 0);
  };
  const move = singularMoves(layersOf(map.parameters), new Float64Array(8), energy);
  const random = stream({ seed: 5, purpose: "test of strata" });
  const w = new Float64Array(8);
  random.normals(w);
  w.fill(1e-7, 4);
  // 2, 1 or 0: the rank of A that is far above the width of the valley.
  const rankOf = ([a, b, c, d]: Float64Array): number => {
    const [area, square] = [Math.abs(a * d - b * c), a * a + b * b + c * c + d * d];
    return square < 1e-6 ? 0 : area / Math.sqrt(square) < 1e-3 ? 1 : 2;
  };
  const met = Array.from({ length: 400 }, (_, i) => {
    move(w, random.at(i + 1));
    return rankOf(w);
  });
  // Each stratum has a share of the weight: codimensions 4, 3 and 4.
  // Their codimensions are 4, 3 and 4: nearly all of the weight is where A has rank 1.
  expect(met.filter(rank => rank === 1).length).toBeGreaterThan(380);
});
