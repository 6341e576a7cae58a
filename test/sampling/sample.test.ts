import { describe, expect, test } from "vitest";
import type { SavedState } from "../../src/contracts/protocol.ts";
import { isLandauError } from "../../src/errors.ts";
import { chainsOf } from "../../src/sampling/draws.ts";
import { ellipticalSlice } from "../../src/sampling/elliptical-slice.ts";
import { langevin } from "../../src/sampling/langevin.ts";
import { mala } from "../../src/sampling/mala.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { normalPrior } from "../../src/sampling/prior.ts";
import { type SampleOptions, type Samples, sample, sampleInSlices } from "../../src/sampling/sample.ts";
import { posterior } from "../../src/sampling/target.ts";
import { tempering } from "../../src/sampling/tempering.ts";
import { quadratic } from "../learning/quadratic.ts";
import { normalStart } from "./support.ts";

const target = posterior({ objective: quadratic([1, 3]), nBeta: 5, prior: normalPrior({ priorStd: 1, size: 2 }) });

const options: SampleOptions = {
  sampler: tempering({ local: nuts(), rungs: 3 }),
  target,
  seed: 1,
  chains: 3,
  draws: 60,
  burnIn: 40,
  thin: 2,
  start: normalStart(2),
};

/** All numbers of a result. */
const numbersOf = ({ health: _health, saved: _saved, ...rest }: Samples) =>
  JSON.stringify(rest, (_key, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value));

test("what is kept: names, draws, and what was seen on the way", () => {
  const samples = sample(options);
  expect(samples).toMatchObject({
    sampler: "tempering",
    nBeta: 5,
    prior: { kind: "normal", priorStd: 1 },
    seed: 1,
    firstChain: 0,
    burnIn: 40,
    thin: 2,
    names: ["w[0]", "w[1]"],
  });
  expect(samples.draws.map(rows => rows.length)).toEqual([120, 120, 120]);
  for (const series of [samples.losses, samples.energies, samples.acceptance, samples.divergent, samples.truncated])
    expect(series.map(each => each.length)).toEqual([60, 60, 60]);
  const [w0, w1] = ["w[0]", "w[1]"].map(name => chainsOf(samples, name));
  for (let chain = 0; chain < 3; chain++)
    for (let draw = 0; draw < 60; draw++) {
      const w = Float64Array.of(w0[chain][draw], w1[chain][draw]);
      expect(samples.losses[chain][draw]).toBe(target.objective.loss(w));
    }
  expect(() => chainsOf(samples, "v")).toThrow('name is "v": needs one of w[0], w[1]');
});

test("a projection is kept in place of the parameters", () => {
  const keep = {
    names: ["product"],
    write(w: Float64Array, out: Float64Array) {
      out[0] = w[0] * w[1];
    },
  };
  const samples = sample({ ...options, keep });
  const whole = sample(options);
  expect(samples.draws.map(rows => rows.length)).toEqual([60, 60, 60]);
  samples.draws.forEach((rows, chain) => {
    rows.forEach((product, i) => {
      expect(product).toBe(whole.draws[chain][2 * i] * whole.draws[chain][2 * i + 1]);
    });
  });
});

test("a chain is the same alone, among others, and with its number moved", () => {
  const all = sample(options);
  const second = sample({ ...options, chains: 1, firstChain: 1 });
  expect(second.draws[0]).toEqual(all.draws[1]);
});

/** Options whose signal is up from the `times`-th look on, with the states that were offered until then. */
const interrupted = (times: number) => {
  const kept: SavedState[] = [];
  let looks = 0;
  return {
    kept,
    options: {
      ...options,
      // Slow enough for many looks.
      keep: {
        names: ["w[0]", "w[1]"],
        write(w: Float64Array, out: Float64Array) {
          const until = performance.now() + 2;
          while (performance.now() < until);
          out.set(w);
        },
      },
      save: (state: () => SavedState) => void kept.push(structuredClone(state())),
      signal: {
        get aborted() {
          return ++looks >= times;
        },
      },
    } satisfies SampleOptions,
  };
};

describe("interrupted", () => {
  test.each([1, 3, 7])("at look %d and resumed from the last state kept, the bits are those of one run", times => {
    const { kept, options: watched } = interrupted(times);
    let stopped: unknown;
    try {
      sample(watched);
    } catch (error) {
      stopped = error;
    }
    expect(isLandauError(stopped, "cancelled")).toBe(true);
    expect((stopped as Error).message).toMatch(/^sampling stopped at \d+ %: it can go on from the last saved state$/);
    expect(kept.length).toBe(times);
    const resumed = sample({ ...options, saved: kept[kept.length - 1] });
    expect(numbersOf(resumed)).toBe(numbersOf(sample(options)));
  });

  test("a finished run goes on to more draws as if it had been asked for them at once", () => {
    const short = sample({ ...options, draws: 25 });
    const longer = sample({ ...options, saved: structuredClone(short.saved()) });
    expect(numbersOf(longer)).toBe(numbersOf(sample(options)));
  });

  test("a state of other settings is refused", () => {
    const saved = sample({ ...options, draws: 5 }).saved();
    expect(() => sample({ ...options, sampler: mala(), saved })).toThrow(
      /^the saved state has no chain 0\/state\/energy/,
    );
    expect(() => sample({ ...options, chains: 1, saved })).toThrow("chains is 1: needs at least 3");
    expect(() => sample({ ...options, draws: 3, saved })).toThrow(
      /^the saved state has no chain 0\/series\/draws that fits/,
    );
  });
});

test("progress goes from below to 1, and may stop the run", () => {
  const seen: number[] = [];
  sample({ ...interrupted(Infinity).options, progress: fraction => void seen.push(fraction) });
  expect(seen.length).toBeGreaterThan(3);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen[0]).toBeLessThan(1);
  expect(seen[seen.length - 1]).toBe(1);
  const stop = () => {
    throw new Error("enough");
  };
  expect(() => sample({ ...interrupted(Infinity).options, progress: stop })).toThrow("enough");
});

test("in slices other tasks get their turn, a signal arrives, and the bits are the same", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const { signal: _signal, save: _save, ...slow } = interrupted(Infinity).options;
  const samples = await sampleInSlices(slow);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(3);
  expect(numbersOf(samples)).toBe(numbersOf(sample(options)));

  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  await expect(sampleInSlices({ ...slow, signal: controller.signal })).rejects.toThrow("sampling stopped at");
});

test.each<[Partial<SampleOptions>, string]>([
  [{ draws: 0 }, "draws is 0: needs a whole number from 1"],
  [{ chains: 1.5 }, "chains is 1.5: needs a whole number from 1"],
  [{ burnIn: -1 }, "burnIn is -1: needs a whole number from 0"],
  [{ thin: 0 }, "thin is 0: needs a whole number from 1"],
  [{ seed: -1 }, "seed is -1: needs an integer from 0"],
  [{ start: new Float64Array(3) }, "the length of the start of chain 0 is 3: needs 2"],
])("bad options: %o", (wrong, message) => {
  expect(() => sample({ ...options, ...wrong })).toThrow(message);
});

test("a start that is no array is refused by name", () => {
  const start = (() => undefined) as unknown as SampleOptions["start"];
  expect(() => sample({ ...options, start })).toThrow(
    "the start of chain 0 is undefined: needs a Float64Array of 2 numbers",
  );
});

describe("health", () => {
  const run = (more: Partial<SampleOptions>) =>
    sample({ ...options, chains: 4, draws: 1500, burnIn: 500, thin: 1, ...more }).health();

  test("a good run has no complaint", () => {
    const health = run({ sampler: nuts() });
    expect(health).toMatchObject({ outcome: "good", text: "no complaint" });
    expect(health.findings.map(({ name }) => name)).toEqual([
      "agreement",
      "effective draws",
      "divergences",
      "trajectories",
      "energy",
      "acceptance",
    ]);
  });

  test.each([
    ["one point", () => new Float64Array(2)],
    ["a function that gives one point", () => () => Float64Array.of(1, 0)],
  ])("a start that all chains share, %s, is doubtful, however well they agree", (_, start) => {
    const health = run({ sampler: nuts(), start: start() });
    expect(health).toMatchObject({ outcome: "doubtful", text: expect.stringContaining("start them apart") });
    expect(health.findings.find(({ name }) => name === "agreement")?.outcome).toBe("good");
    expect(run({ sampler: nuts(), start: start(), chains: 1 }).findings.map(({ name }) => name)).not.toContain(
      "starts",
    );
  });

  test("too short a run says how much longer it should be", () => {
    const health = run({ sampler: mala(), draws: 100, burnIn: 100 });
    expect(health.outcome).not.toBe("good");
    expect(health.text).toMatch(/effective draws at least, of .*: fewer than 400; run \d+\.\d times as long/);
  });

  test("chains that sit in different places are distinguished from noise", () => {
    const health = run({
      sampler: langevin({ stepSize: 1e-7 }),
      start: chain => Float64Array.of(chain, 0),
      draws: 200,
    });
    expect(health.outcome).toBe("bad");
    expect(health.text).toMatch(/R-hat is at most \d+\.\d+, of .*: above 1.01 the chains disagree/);
  });

  test("a quantity that never moves says so", () => {
    const health = run({
      sampler: nuts(),
      keep: {
        names: ["zero"],
        write(_w, out) {
          out[0] = 0;
        },
      },
    });
    expect(health).toMatchObject({
      outcome: "undefined",
      text: "zero says nothing: every draw is 0; keep what moves, or draw more",
    });
  });

  test("steps that are nearly all refused, or hardly ever", () => {
    const of = (stepSize: number) =>
      run({ sampler: mala({ stepSize, adapt: false }), start: new Float64Array(2) }).findings.find(
        ({ name }) => name === "acceptance",
      );
    expect(of(3)).toMatchObject({ outcome: "bad", text: expect.stringContaining("a smaller stepSize") });
    expect(of(1e-6)).toMatchObject({ outcome: "doubtful", text: expect.stringContaining("a larger stepSize") });
    expect(of(0.1)).toMatchObject({ outcome: "good" });
  });

  test("trajectories that are cut short are counted", () => {
    const health = run({ sampler: nuts({ maxDepth: 1 }) });
    expect(health.findings.find(({ name }) => name === "trajectories")).toMatchObject({ outcome: "doubtful" });
  });

  test("what accepts every step owns up to its bias, and what has no momenta says nothing of energy", () => {
    const unadjusted = run({ sampler: langevin({ stepSize: 0.01 }) });
    expect(unadjusted.findings.find(({ name }) => name === "bias")).toMatchObject({ outcome: "doubtful" });
    expect(unadjusted.text).toContain("halve it and compare");
    const names = run({ sampler: ellipticalSlice() }).findings.map(({ name }) => name);
    expect(names).toEqual(["agreement", "effective draws"]);
  });
});
