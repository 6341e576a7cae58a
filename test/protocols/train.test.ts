import { describe, expect, test } from "vitest";
import { number } from "../../src/contracts/field.ts";
import { learner } from "../../src/contracts/learner.ts";
import { objectiveOf } from "../../src/contracts/objective.ts";
import type { SavedState } from "../../src/contracts/protocol.ts";
import { train } from "../../src/protocols/train.ts";
import { completed, drive } from "../support/host.ts";

/** x decays to 0. Its run is "early" when x is below a half before the tenth step, "late" when after, "never" when not at all. */
const decaying = learner({
  controls: { speed: number("share of x that a step takes", { default: 0.1, min: 0, max: 1 }) },
  sweeps: { speed: { from: 0.01, to: 0.5 } },
  objective: () =>
    objectiveOf({ x: [1] }, ([x], gradient) => {
      gradient[0] = x;
      return (x * x) / 2;
    }),
  start: () => Float64Array.of(1),
  move: ({ speed }, _, w, steps) => {
    for (let i = 0; i < steps; i++) w[0] *= 1 - speed;
    return (w[0] * w[0]) / 2;
  },
  observe: (_, [x]) => ({ order: x, label: "anywhere" }),
  course: (_at, _address, saved?: SavedState) => {
    let passed = (saved?.passed as number | undefined) ?? null;
    return {
      see(step, { order }) {
        if (passed === null && order < 0.5) passed = step;
      },
      phase: () => (passed === null ? "never" : passed < 10 ? "early" : "late"),
      isDecided: () => passed !== null,
      passages: () => ({ half: passed }),
      save: (): SavedState => (passed === null ? {} : { passed }),
    };
  },
  order: { label: "x" },
  phases: () => [{ label: "early", loss: 0 }],
  small: {},
});

const protocol = train(decaying);
const member = (changed = {}) => ({
  settings: completed(protocol.settings, { steps: 30, every: 1, spacing: "linear", ...changed }),
  seed: 1,
  chain: 0,
});
const recordsOf = (changed: object) =>
  drive(protocol, member(changed))
    .lines.flat()
    .map(line => JSON.parse(line));
const endOf = (changed: object) => recordsOf(changed).at(-1);

describe("a learner that watches its runs", () => {
  test("names their phase at the end, with what was first seen when", () => {
    // (1 - speed)^n < 1/2
    expect(endOf({ speed: 0.1 })).toMatchObject({ kind: "final", label: "early", half: 7 });
    expect(endOf({ speed: 0.05 })).toMatchObject({ label: "late", half: 14 });
    expect(endOf({ speed: 0.01 })).toMatchObject({ label: "never", half: null });
    expect(recordsOf({ speed: 0.1 })[3]).toMatchObject({ kind: "checkpoint", label: "anywhere" });
  });

  test("can end them as soon as it is decided", () => {
    const whole = recordsOf({ speed: 0.1 });
    const short = recordsOf({ speed: 0.1, stop: "decided" });
    expect(whole.length).toBe(32);
    expect(short.length).toBe(9);
    expect(short.slice(0, -1)).toEqual(whole.slice(0, 8));
    expect(short.at(-1)).toMatchObject({ label: "early", half: 7, order: whole[7].order });
    expect(recordsOf({ speed: 0.01, stop: "decided" }).length).toBe(32);
  });

  test("is asked for what it has seen in every saved state, and goes on with it", () => {
    for (const stop of ["end", "decided"]) {
      const whole = drive(protocol, member({ speed: 0.05, stop }));
      let states = 0;
      for (let stopAfter = 1; ; stopAfter++) {
        const before = drive(protocol, member({ speed: 0.05, stop }), { stopAfter });
        if (!before.state) break;
        states++;
        expect(drive(protocol, member({ speed: 0.05, stop }), { after: before }).lines).toEqual(whole.lines);
      }
      expect(states).toBe(stop === "end" ? 31 : 14);
    }
  });
});

test("a learner that does not watch has no such setting, and runs end with their last state", () => {
  const { course: _, ...plain } = decaying;
  expect("stop" in train(plain).settings).toBe(false);
  const settings = completed(train(plain).settings, { steps: 5, every: 1 });
  const lines = drive(train(plain), { settings, seed: 1, chain: 0 }).lines.flat();
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ kind: "final", label: "anywhere" });
});
