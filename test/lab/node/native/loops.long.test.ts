import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { workspace } from "../../../../src/engine/kernels/workspace.ts";
import { buildLoops, findLoops } from "../../../../src/lab/node/native/library.ts";
import { linearObjective } from "../../../../src/learning/networks/linear.ts";
import { noisyLinearObjective } from "../../../../src/learning/networks/noisy-linear.ts";
import { softmaxRegression } from "../../../../src/learning/softmax-regression.ts";
import { tanh } from "../../../../src/numerics/elementary.ts";
import { multinomial } from "../../../../src/numerics/multinomial.ts";
import { type NativeLoops, useLoopSource } from "../../../../src/numerics/native-loops.ts";
import { separatingPlane } from "../../../../src/numerics/separating-plane.ts";
import { stream } from "../../../../src/numerics/stream.ts";
import { integrated } from "../../../../src/systems/alignment/theory/trajectory.ts";
import { accuracies, predictor } from "../../../../src/systems/embedding/model/evaluation.ts";
import { problemOf } from "../../../../src/systems/embedding/model/problem.ts";
import { addition } from "../../../../src/systems/embedding/model/tasks.ts";
import { affine } from "../../../../src/systems/encoder-decoder.ts";
import { drawDataset } from "../../../../src/systems/superposition/model/dataset.ts";
import { empiricalObjective } from "../../../../src/systems/superposition/model/empirical.ts";
import { earlyWarning } from "../../../../src/transitions/emergence/early-warning.ts";
import { toolchain } from "./tools.ts";

afterEach(() => useLoopSource(undefined));

/** What `act` gives with plain loops, and with native ones, which must have been called. */
const bothWays = <T>(act: () => T, isCalled = true): { readonly plain: T; readonly native: T } => {
  useLoopSource(undefined);
  const plain = act();
  const loops = findLoops(toolchain!) ?? buildLoops(toolchain!);
  let calls = 0;
  const counted = (all: object) =>
    Object.fromEntries(
      Object.entries(all).map(([name, loop]) => [
        name,
        (...values: never[]) => {
          calls++;
          return loop(...values);
        },
      ]),
    );
  const { translated, ...own } = loops;
  useLoopSource(() => ({ ...counted(own), translated: counted(translated) }) as unknown as NativeLoops);
  const native = act();
  expect(calls > 0).toBe(isCalled);
  return { plain, native };
};

const address = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 53 - 1 }),
  chain: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  step: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  purpose: fc.string(),
});

describe.skipIf(!toolchain)("native loops have the bits of plain ones", () => {
  test.each(["normals", "uniforms"] as const)("%s, and what the stream gives after them", name => {
    const size = fc.integer({ min: 12, max: 200 });
    const before = fc.constantFrom(0, 4, 8);
    fc.assert(
      fc.property(address, size, fc.integer({ min: 0, max: 2 ** 32 - 1 }), before, (at, count, block, words) => {
        const { plain, native } = bothWays(() => {
          const random = stream(at).at(at.step, block);
          for (let i = 0; i < words; i++) random.word();
          const out = new Float64Array(count);
          random[name](out);
          return [...out, random.normal(), random.uniform(), random.word()];
        });
        expect(native).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  test("words, and what the stream gives after them", () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 12, max: 300 }), (at, count) => {
        const { plain, native } = bothWays(() => {
          const random = stream(at);
          const out = new Uint32Array(count);
          random.words(out);
          return [...out, random.word(), random.normal()];
        });
        expect(native).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  test("where a stream stands between two blocks, or keeps a normal, loops stay plain", () => {
    const between = () => {
      const random = stream({ seed: 1, purpose: "between" });
      random.word();
      random.uniforms(new Float64Array(20));
      random.at(1).normal();
      random.normals(new Float64Array(20));
    };
    bothWays(between, false);
  });

  test("shuffles, and what the stream gives after them", () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 13, max: 3000 }), (at, count) => {
        const { plain, native } = bothWays(() => {
          const random = stream(at);
          const order = Int32Array.from({ length: count }, (_, i) => i);
          random.shuffle(order);
          return [...order, random.word(), random.normal()];
        });
        expect(native).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  test("products of matrices of any shape", () => {
    const size = fc.integer({ min: 1, max: 70 });
    const depth = fc.oneof(size, fc.constantFrom(0, 127, 128, 129, 300));
    fc.assert(
      fc.property(size, size, depth, fc.boolean(), fc.boolean(), fc.nat(), (m, n, k, transposeA, transposeB, seed) => {
        const { plain, native } = bothWays(
          () => {
            const { arrays, multiply } = workspace({ a: m * k, b: k * n, c: m * n });
            const random = stream({ seed, purpose: "entries" });
            for (const array of [arrays.a, arrays.b, arrays.c])
              for (let i = 0; i < array.length; i++) array[i] = random.normal();
            multiply({ m, n, k, transposeA, transposeB }, arrays.a, arrays.b, arrays.c);
            return arrays.c.slice();
          },
          m * n * k >= 1000,
        );
        expect(new BigUint64Array(native.buffer)).toEqual(new BigUint64Array(plain.buffer));
      }),
      { numRuns: 150 },
    );
  });

  test("softmax regression, with scores of every size", () => {
    const [samples, few] = [fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 21 })];
    const size = fc.constantFrom(1, 30, 800, 1e4, Number.NaN);
    fc.assert(
      fc.property(samples, few, few, size, fc.nat(), fc.boolean(), (N, features, count, scale, seed, isLossWanted) => {
        const { plain, native } = bothWays(() => {
          const random = stream({ seed, purpose: "points" });
          const normals = (length: number) => Float64Array.from({ length }, () => random.normal());
          const w = normals(features * count).map(value => scale * value);
          const [inputs, gradient] = [normals(N * features), new Float64Array(w.length)];
          const classes = Uint8Array.from({ length: N }, () => random.below(count));
          const summed = softmaxRegression({ inputs, classes, features, count });
          return [summed(w, gradient, isLossWanted), ...gradient];
        });
        expect(native).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  test("draws from a distribution one by one", () => {
    const law = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e-10)), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(law, fc.nat(5000), fc.nat(), (p, n, seed) => {
        // Outcomes behind the last that comes are dropped.
        const all = [...p, 0.5];
        const { plain, native } = bothWays(() => {
          const out = new Float64Array(all.length);
          multinomial(all)(12 + Math.min(n, 50 * all.length), stream({ seed, purpose: "draws" }), out);
          return [...out];
        });
        expect(native).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  test("variances and autocorrelations of windows", () => {
    const size = fc.constantFrom(1e-3, 1, 1e160, 0);
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 300 }), fc.nat(), fc.nat(), size, (n, wide, seed, scale) => {
        const { plain, native } = bothWays(() => {
          const series = new Float64Array(n);
          stream({ seed, purpose: "series" }).normals(series);
          const { variance, ar1 } = earlyWarning(
            series.map(value => scale * value),
            3 + (wide % (n - 3)),
          );
          return [...variance, ...ar1];
        });
        expect(native).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  test("planes that separate points", () => {
    fc.assert(
      fc.property(fc.integer({ min: 12, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.nat(), (count, width, seed) => {
        const { plain, native } = bothWays(() => {
          const rows = new Float64Array(count * width);
          stream({ seed, purpose: "rows" }).normals(rows);
          return separatingPlane(rows, count, width);
        });
        expect(native).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  test("steps of the toy model of superposition on minibatches, also those that diverge", () => {
    const size = fc.record({ c: fc.integer({ min: 3, max: 20 }), n: fc.integer({ min: 1, max: 200 }), seed: fc.nat() });
    const settings = fc.record({
      stepSize: fc.constantFrom(0.01, 0.3, 20),
      momentum: fc.constantFrom(null, 0, 0.9),
      nesterov: fc.boolean(),
      l2: fc.constantFrom(0, 0.1),
    });
    fc.assert(
      fc.property(size, settings, fc.integer({ min: 1, max: 60 }), ({ c, n, seed }, rule, batch) => {
        const { plain, native } = bothWays(() => {
          const random = stream({ seed, purpose: "toy model" });
          const objective = empiricalObjective(drawDataset(random, { c, n }), 2);
          const [w, gradient] = [new Float64Array(3 * c), new Float64Array(3 * c)];
          const velocity = new Float64Array(rule.momentum === null ? 0 : 3 * c);
          random.normals(w);
          const order = Int32Array.from({ length: n }, (_, m) => m);
          const made = objective.batchSteps!(w, gradient, velocity, order, { from: 0, to: n, batch }, rule);
          return [made, ...w, ...gradient, ...velocity];
        });
        expect(native).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  test("steps of linear networks with and without noise, also those that diverge", () => {
    const few = fc.integer({ min: 1, max: 5 });
    const settings = fc.record({
      stepSize: fc.constantFrom(0.01, 10),
      momentum: fc.constantFrom(null, 0.9),
      nesterov: fc.boolean(),
      l2: fc.constantFrom(0, 0.1),
    });
    fc.assert(
      fc.property(
        few,
        fc.array(few, { maxLength: 4 }),
        fc.nat(),
        fc.boolean(),
        settings,
        (dx, widths, seed, isNoisy, rule) => {
          const { plain, native } = bothWays(() => {
            const random = stream({ seed, purpose: "network" });
            const some = (count: number) => Array.from({ length: count }, () => random.normal());
            const moments = { A0: Array.from({ length: dx }, () => some(dx)), n: some(dx), Ey2: 2 };
            const decays = { gammaU: 0.1, gammaW: widths.map(() => random.uniform()), widths };
            const { size, steps } = isNoisy
              ? noisyLinearObjective(moments, { ...decays, sigma2: widths.map(() => random.uniform()) })
              : linearObjective(moments, decays);
            const [w, gradient] = [Float64Array.from(some(size)), new Float64Array(size)];
            const velocity = new Float64Array(rule.momentum === null ? 0 : size);
            return [steps!(w, gradient, velocity, 20, rule), ...w, ...gradient, ...velocity];
          });
          expect(native).toEqual(plain);
        },
      ),
      { numRuns: 80 },
    );
  });

  test("layers of a decoder, and whose targets its outputs are nearest to", () => {
    const few = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(
        few,
        few,
        fc.integer({ min: 2, max: 6 }),
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (inputs, outputs, p, seed, level) => {
          const { plain, native } = bothWays(() => {
            const random = stream({ seed, purpose: "decoder" });
            const normals = (length: number) => {
              const out = new Float64Array(length);
              for (let i = 0; i < length; i++) out[i] = random.normal();
              return out;
            };
            const out = new Float64Array(outputs);
            affine(normals(inputs), normals(inputs * outputs), normals(outputs), out, tanh);
            const task = addition(p, 2);
            const trained = Uint8Array.from(task.pairs, (_, i) => (i % 3 === 0 ? 0 : 1));
            const problem = problemOf(task, trained, { targets: normals(task.labels * outputs), width: 3 });
            const y = normals(task.pairs.length * outputs);
            const { train, test, trainReaches, testReaches } = accuracies(problem);
            const answer = predictor(problem);
            const answers = Array.from(task.pairs, (_, row) => answer(y, row));
            return [...out, train(y), test(y), trainReaches(y, level), testReaches(y, level), ...answers];
          });
          expect(native).toEqual(plain);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("trajectories of two points, followed or not", () => {
    const size = fc.double({ min: 1e-3, max: 10, noNaN: true });
    fc.assert(
      fc.property(
        size,
        size,
        fc.double({ min: -10, max: 10, noNaN: true }),
        size,
        size,
        fc.nat(40),
        (h, y, w, etaH, etaY, count) => {
          const times = Array.from({ length: count + 1 }, (_, i) => i);
          const { plain, native } = bothWays(() =>
            integrated({ h, y, w: Math.min(w, y) }, { dx2: 1, dy2: 2 }, { etaH: etaH / 10, etaY: etaY / 10 }, times),
          );
          expect(native).toEqual(plain);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("short ones stay plain", () => {
    bothWays(() => stream({ seed: 1, purpose: "few" }).normals(new Float64Array(11)), false);
    bothWays(() => stream({ seed: 1, purpose: "few" }).shuffle(new Int32Array(12)), false);
  });
});
