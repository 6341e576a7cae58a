import { expect, test } from "vitest";
import { inlineExecutor } from "../../src/lab/executor.ts";
import { fieldMeaning } from "../../src/lab/field-meanings.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import { listedSystems } from "../../src/systems/index.ts";

const protocols = await Promise.all(
  Object.values(listedSystems).map(async ({ load }) => {
    const system = await load();
    return Object.entries(system.protocols).map(([protocol, { small = {}, settings }]) => ({
      system,
      protocol,
      small,
      settings,
    }));
  }),
);

test.each(protocols.flat().map(one => [`${one.system.name} ${one.protocol}`, one] as const))(
  "%s: every field of its records has a meaning",
  async (_, { system, protocol, small, settings }) => {
    const studies = [{ name: "short", protocol, chains: 1, settings: small }];
    const run = await runInMemory({ system: system.name, seed: 0, studies }, { executor: inlineExecutor() });
    const fields = run
      .kinds("short")
      .flatMap(kind => run.records("short", kind).flatMap(record => Object.keys(record)));
    const unknown = [...new Set(fields)].filter(
      field => field !== "kind" && !fieldMeaning(system.name, field) && !Object.hasOwn(settings, field),
    );
    expect(unknown).toEqual([]);
  },
);
