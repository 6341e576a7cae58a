import { describe, expect, test } from "vitest";
import type { Settings } from "../../../src/contracts/field.ts";
import type { Protocol } from "../../../src/contracts/protocol.ts";
import { sweepTable } from "../../../src/protocols/anneal.ts";
import { networkAnneal, networkLearner } from "../../../src/systems/deep-linear/learner.ts";
import { balanceAnneal, balanceLearner } from "../../../src/systems/law-of-balance/learner.ts";
import { sslAnneal, sslLearner } from "../../../src/systems/linear-ssl/learner.ts";
import { vaeAnneal, vaeLearner } from "../../../src/systems/linear-vae/learner.ts";
import { mirrorAnneal, mirrorLearner } from "../../../src/systems/mirror-symmetry/learner.ts";
import { superpositionAnneal, superpositionLearner } from "../../../src/systems/superposition/learner.ts";
import { orderOfTransition } from "../../../src/transitions/order/index.ts";
import { recordsOf } from "../../support/host.ts";

/** Whatever the types of its settings and records. */
interface Swept {
  readonly protocol: unknown;
  readonly learner: { readonly controls: object; readonly critical?: unknown };
}

const judge = ({ protocol, learner }: Swept, changed: Settings) => {
  const { settings } = protocol as Protocol;
  const at = {
    ...Object.fromEntries(Object.entries(settings).map(([name, field]) => [name, field.default])),
    ...changed,
  };
  const records = recordsOf(protocol as Protocol, changed).filter(({ kind }) => kind === "sweep");
  const control = at.control as string;
  const critical = (learner.critical as (at: unknown) => { [name: string]: readonly number[] })(at)[control];
  return { found: orderOfTransition(sweepTable(records as never), { control }), critical };
};

const superposition = { protocol: superpositionAnneal, learner: superpositionLearner };
const vae = { protocol: vaeAnneal, learner: vaeLearner };
const ssl = { protocol: sslAnneal, learner: sslLearner };
const balance = { protocol: balanceAnneal, learner: balanceLearner };
const mirror = { protocol: mirrorAnneal, learner: mirrorLearner };
const network = { protocol: networkAnneal, learner: networkLearner };

describe("sweeps of our own systems: the interval holds the exact critical value", () => {
  test.each([
    ["superposition, two paces", superposition, { paces: 2 }, "continuous"],
    ["linear-vae", vae, {}, "continuous"],
    ["linear-ssl", ssl, {}, "continuous"],
    ["law-of-balance", balance, {}, "continuous"],
    ["mirror-symmetry", mirror, {}, "continuous"],
    ["mirror-symmetry by strength", mirror, { control: "strength", from: 1, to: 0.2 }, "continuous"],
    ["deep-linear", network, {}, "discontinuous"],
    ["deep-linear, one hidden layer", network, { D: 1, from: 0.5, to: 1.2 }, "continuous"],
  ] as const)("%s", (_, swept, changed, verdict) => {
    const { found, critical } = judge(swept, changed as Settings);
    expect(found.verdict).toBe(verdict);
    const [low, high] = found.where!.interval;
    // The last to go, or the end of the learned branch.
    const end = (changed as Settings).control === "strength" ? Math.min(...critical) : Math.max(...critical);
    expect(low).toBeLessThanOrEqual(end);
    expect(high).toBeGreaterThanOrEqual(end);
  });
});

test("linear-vae loses its five modes one after the other, each between two controls of its sweeps", () => {
  const { found, critical } = judge(vae, {});
  expect(found.phases.map(({ below, above }) => `${below} to ${above}`)).toEqual([
    "5 active to 4 active",
    "4 active to 3 active",
    "3 active to 2 active",
    "2 active to 1 active",
    "1 active to 0 active",
  ]);
  [...critical].reverse().forEach((value, i) => {
    expect(found.phases[i].interval[0]).toBeLessThan(value);
    expect(found.phases[i].interval[1]).toBeGreaterThan(value);
  });
});
