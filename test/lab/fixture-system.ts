import type { Claim, Protocol, System } from "../../src/contracts/index.ts";
import type { DeclaredStudy } from "../../src/contracts/study.ts";
import { invalid, LandauError } from "../../src/errors.ts";
import type { Systems } from "../../src/lab/complete-spec.ts";
import { stream } from "../../src/numerics/stream.ts";

/** A random walk whose records depend on all steps before, so that a resume from a wrong state shows. */
const walk: Protocol = {
  name: "walk",
  summary: "walk at random",
  settings: {
    steps: { kind: "integer", summary: "steps", default: 4, min: 1, max: 1000 },
    scale: { kind: "number", summary: "length of a step", default: 1, min: 0, max: 100 },
    shape: { kind: "choice", summary: "what is drawn", default: "normal", choices: ["normal", "uniform"] },
  },
  check({ steps, scale }) {
    if (scale === 0 && (steps as number) > 100) throw invalid("steps", steps, "at most 100 when scale = 0");
  },
  run({ settings, seed, chain }, context) {
    const { steps, scale, shape } = settings as { steps: number; scale: number; shape: "normal" | "uniform" };
    const random = stream({ seed, chain, purpose: "walk" });
    const position = new Float64Array(2);
    let step = 0;
    if (context.saved) {
      step = context.saved.step as number;
      position.set(context.saved.position as Float64Array);
    }
    if (step === 0) context.snapshot("start", { position: { shape: [2], data: position } });
    while (step < steps) {
      const draw = random.at(step);
      for (let i = 0; i < 2; i++) position[i] += scale * draw[shape]();
      step++;
      context.record("step", { step, x: position[0], note: step % 2 === 0 ? "even – gerade" : null });
      context.save(() => ({ step, position }));
      context.progress(step / steps);
    }
    context.record("final", { position: [...position], far: position[0] > 1 });
    context.snapshot("end", { position: { shape: [1, 2], data: position } });
  },
};

/** The same walks side by side: chains take turns step by step, and share one saved state. */
const crowd: Protocol = {
  ...walk,
  name: "crowd",
  summary: "walk at random, side by side",
  runTogether({ settings, seed, from, to }, context) {
    const { steps, scale, shape } = settings as { steps: number; scale: number; shape: "normal" | "uniform" };
    const { saved } = context;
    const walkers = Array.from({ length: to - from }, (_, i) => ({
      chain: from + i,
      random: stream({ seed, chain: from + i, purpose: "walk" }),
      position: Float64Array.from((saved?.[`position ${i}`] as Float64Array) ?? [0, 0]),
    }));
    for (let step = (saved?.step as number) ?? 0; step < steps; ) {
      for (const { random, position } of walkers) {
        const draw = random.at(step);
        for (let i = 0; i < 2; i++) position[i] += scale * draw[shape]();
      }
      step++;
      for (const { chain, position } of walkers)
        context.record(chain, "step", { step, x: position[0], note: step % 2 === 0 ? "even – gerade" : null });
      context.save(() => ({
        step,
        ...Object.fromEntries(walkers.map(({ position }, i) => [`position ${i}`, position])),
      }));
      context.progress(step / steps);
    }
    for (const { chain, position } of walkers) {
      context.record(chain, "final", { position: [...position], far: position[0] > 1 });
      context.snapshot(chain, "end", { position: { shape: [1, 2], data: position } });
    }
  },
};

/** Walks at several scales, and how many of them ended far: the plan of a grid. */
const grid: Protocol = {
  name: "grid",
  summary: "walks at several scales",
  settings: {
    ...walk.settings,
    scales: { kind: "integer", summary: "scales, from 1", default: 3, min: 1, max: 9 },
  },
  plan({ settings }, records, round) {
    const scales = settings.scales as number;
    if (round === 0) return Array.from({ length: scales }, (_, i) => ({ scale: i + 1 }));
    return round === 1 ? [{ far: records.filter(({ kind, far }) => kind === "final" && far).length }] : [];
  },
  run({ settings, seed, chain, piece }, context) {
    if (piece?.scale === undefined) return context.record("count", { ...piece });
    walk.run({ settings: { ...settings, scale: piece.scale as number }, seed, chain }, context);
  },
};

/**
 * Halves a range down to where the walk of the chain ends: what is planned depends on the records, and is other for each chain, as is the number
 * of rounds.
 */
const hunt: Protocol = {
  name: "hunt",
  summary: "halve a range around the end of a walk",
  settings: {
    steps: { kind: "integer", summary: "steps", default: 2, min: 1, max: 100 },
    halvings: { kind: "integer", summary: "times the range is halved", default: 2, min: 1, max: 20 },
    fault: { kind: "choice", summary: "what goes wrong", default: "none", choices: ["none", "NaN", "empty", "landau"] },
  },
  plan({ settings: { halvings, fault }, chain }, records, round) {
    if (fault === "NaN") return [{ at: Number.NaN }];
    if (fault === "empty") return [];
    if (fault === "landau") throw invalid("halvings", halvings, "something else");
    if (round === 0) return [{ at: -8 }, { at: 8 }];
    const last = (halvings as number) + (chain % 2) + 1;
    if (round > last) return [];
    let [lower, upper] = [-8, 8];
    for (const { kind, at, isBelow } of records)
      if (kind === "trial" && isBelow) lower = Math.max(lower, at as number);
      else if (kind === "trial") upper = Math.min(upper, at as number);
    if (round === last) return [{ lower, upper }];
    return [{ at: (lower + upper) / 2 }];
  },
  run({ settings, seed, chain, piece }, context) {
    if (piece?.at === undefined) return context.record("final", { ...piece });
    const random = stream({ seed, chain, purpose: "hunt" });
    let [step, position] = [(context.saved?.step as number) ?? 0, (context.saved?.position as number) ?? 0];
    while (step < (settings.steps as number)) {
      position += random.at(step).normal();
      step++;
      context.record("step", { step, position });
      context.save(() => ({ step, position }));
      context.progress(step / (settings.steps as number));
    }
    context.record("trial", { at: piece.at, isBelow: (piece.at as number) < position });
    context.snapshot("end", { position: { shape: [1], data: Float64Array.of(position) } });
  },
};

/** Walks at points of a line, each a piece of its own: how many there are only plans. */
const line: Protocol = {
  name: "line",
  summary: "walks at points of a line",
  settings: {
    ...walk.settings,
    points: { kind: "integer", summary: "points", default: 3, min: 1, max: 1000 },
  },
  planning: ["points"],
  plan({ settings }, _, round) {
    if (round > 0) return [];
    return Array.from({ length: settings.points as number }, (_, at) => ({ at }));
  },
  run({ settings, seed, chain, piece }, context) {
    if ("points" in settings) throw new Error("a piece was told what only plans");
    walk.run({ settings, seed, chain: 100 * chain + (piece!.at as number) }, context);
  },
};

/** Does what a protocol must not do, or dies as one may. */
const bad: Protocol = {
  name: "bad",
  summary: "goes wrong",
  settings: {
    how: { kind: "choice", summary: "what goes wrong", default: "NaN", choices: ["NaN", "landau", "other", "hang"] },
  },
  run({ settings: { how } }, context) {
    if (how === "NaN") context.record("final", { loss: [0, Number.NaN] });
    if (how === "landau") throw new LandauError("diverged", "loss is Infinity at step 3");
    if (how === "other") throw new TypeError("not a function");
    for (;;) context.progress(0);
  },
};

const declared = (name: string): DeclaredStudy => ({
  name,
  full: { name, protocol: "walk", chains: 1, settings: {} },
});

const claim = (id: string, studies: readonly string[], measure: Claim["measure"]): Claim => ({
  id,
  where: "Sec. 1",
  statement: id,
  routes: { measured: "walking", predicted: "thinking", kind: "formula" },
  studies: studies.map(declared),
  measure,
});

export const fixture: System = {
  name: "fixture",
  title: "Fixture",
  summary: "walks",
  source: { citation: "none", url: "https://example.org" },
  theory: {},
  protocols: { walk, crowd, grid, hunt, line, bad },
  studies: [],
  claims: [
    claim("walks-end", ["walks"], ({ study, records }) => [
      {
        quantity: "finals",
        measured: records("walks", "final").length,
        predicted: [study("walks")!.chains, Number.POSITIVE_INFINITY],
      },
    ]),
    claim("two-is-two", [], () => [{ quantity: "1 + 1", measured: 1 + 1, predicted: 2 }]),
    claim("throws", [], () => {
      throw new Error("out of luck");
    }),
    claim("not-a-number", [], () => [{ quantity: "0 / 0", measured: Number.NaN, predicted: 1 }]),
  ],
  vectors: {},
};

export const systems: Systems = { fixture };
