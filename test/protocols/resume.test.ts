import { describe, expect, test } from "vitest";
import { defaultsOf, type Settings } from "../../src/contracts/field.ts";
import type { Protocol, SavedState } from "../../src/contracts/protocol.ts";
import { census } from "../../src/systems/superposition/protocols/census.ts";
import { coefficient, langevin } from "../../src/systems/superposition/protocols/coefficient.ts";
import { escapeProtocol } from "../../src/systems/superposition/protocols/escape.ts";

/** Records of one member, and the states that it offers. */
const drive = (protocol: Protocol, changed: Settings, saved?: SavedState) => {
  const records: string[] = [];
  const states: SavedState[] = [];
  protocol.run(
    { settings: { ...defaultsOf(protocol.settings), ...changed }, seed: 4, chain: 1 },
    {
      saved,
      record: (kind, fields) => void records.push(JSON.stringify({ kind, ...fields })),
      snapshot: () => {},
      save: take => void states.push(structuredClone(take())),
      progress: () => {},
    },
  );
  return { records, states };
};

describe("a long descent or chain continues from every saved state with the same bits", () => {
  test.each<[string, Protocol, Settings, number]>([
    ["descent from a random start", census, { c: 4, steps: 12_000 }, 2],
    ["descent from a perturbed point", escapeProtocol, { c: 5, family: "4+", steps: 10_000 }, 1],
    ["chain average", coefficient, { family: "5", burnIn: 150, draws: 250, leapfrog: 2 }, 4],
    ["chain of Langevin steps", langevin, { n: 100, burnIn: 50, steps: 300 }, 3],
  ])("%s", (_, protocol, settings, count) => {
    const whole = drive(protocol, settings);
    expect(whole.states).toHaveLength(count);
    for (const state of whole.states) expect(drive(protocol, settings, state).records).toEqual(whole.records);
  });
});
