import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Field, readFields } from "../../src/contracts/field.ts";
import type { JsonObject } from "../../src/contracts/json.ts";
import type { System, TheoryEntry } from "../../src/contracts/system.ts";
import { isLandauError } from "../../src/errors.ts";
import { listedSystems } from "../../src/systems/index.ts";
import { messageOf } from "../support/message-of.ts";

type NumberField = Extract<Field, { readonly kind: "number" | "integer" }>;
const isNumeric = (field: Field): field is NumberField => field.kind === "number" || field.kind === "integer";

const vectors = readdirSync("test/vectors").flatMap(
  name => JSON.parse(readFileSync(`test/vectors/${name}`, "utf8")).cases as { quantity: string; input: JsonObject }[],
);

/** Inputs for those that have no defaults and no test vectors of their own. */
const byHand: { readonly [entry: string]: JsonObject } = {
  representation: { E: [[0, 1], [1, 0.5], [2, 0.2]] },
}; // biome-ignore format: rows

const hasAll = ({ inputs }: TheoryEntry, given: JsonObject): boolean => {
  try {
    readFields(inputs, given);
    return true;
  } catch {
    return false;
  }
};

/** Inputs with which a closed form answers: its defaults, or those of a test vector. */
const exampleOf = (entry: string, form: TheoryEntry): JsonObject => {
  const quantities = form.answers ?? [entry, entry.replaceAll("-", "_")];
  const named = vectors.filter(({ quantity }) => quantities.includes(quantity)).map(({ input }) => input);
  const example = [{}, ...named, byHand[entry] ?? {}].find(given => hasAll(form, given));
  if (!example) throw new Error(`no example for ${entry}: needs defaults, a test vector, or one by hand`);
  return example;
};

/** The first number in an answer that is not finite. */
const notFinite = (value: unknown, place: string): string | undefined => {
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${place} is ${value}`;
  if (value === null || typeof value !== "object") return undefined;
  const entries = ArrayBuffer.isView(value) ? [...(value as Float64Array).entries()] : Object.entries(value);
  for (const [key, part] of entries) {
    const found = notFinite(part, `${place}.${key}`);
    if (found) return found;
  }
  return undefined;
};

/** Values from one end of what is allowed to the other, around the one that is usual. */
const allowedValues = ({ kind, min, max, above }: NumberField, usual: number): readonly number[] => {
  const [least, most] = [min ?? above ?? -Infinity, max ?? Infinity];
  const tried =
    kind === "integer"
      ? [least, least + 1, usual - 1, usual + 1]
      : [least, most, -usual, ...[1e-3, 0.1, 0.5, 2, 10, 1000].map(factor => factor * usual)];
  return [...new Set(tried)].filter(
    value => Number.isFinite(value) && value >= least && value <= most && value !== above,
  );
};

/** At least one, and more where one is less than the spacing of floats. */
const step = (limit: number): number => Math.max(1, 1e-9 * Math.abs(limit));

const forbiddenValues = ({ kind, min, max, above }: NumberField): readonly number[] => [
  ...(min === undefined ? [] : [min - step(min)]),
  ...(max === undefined ? [] : [max + step(max)]),
  ...(above === undefined ? [] : [above, above - 1]),
  ...(kind === "integer" ? [(min ?? 0) + 0.5] : []),
];

/** They take a second and more, at other settings much longer. */
const slow = new Set([
  ...["superposition free-energy", "superposition deformation", "superposition coefficient", "modular spectrum"],
  ...["deep-linear slowSweep", "deep-linear fluctuations", "deep-linear canonicalScalar", "deep-linear equalWeight"],
  ...["deep-linear neuron", "deep-linear neuronMinima", "collective-learning collective", "relations closure-curve"],
  ...["embedding effective-flow-euler", "embedding sampled-fraction", "embedding critical-fraction"],
  "alignment fitEffectiveRates",
]);

/** Infinite and meant: the dimension of a family that is not tame. */
const meant = /^families\.\d+\.dimension is Infinity$/;

describe.each(Object.entries(listedSystems))("closed forms of %s", (name, { load }) => {
  const forms = async (): Promise<[string, TheoryEntry, JsonObject][]> => {
    const { theory }: System = await load();
    return Object.entries(theory).map(([entry, form]) => [entry, form, exampleOf(entry, form)]);
  };

  test("refuse numbers outside of their ranges by name", async () => {
    for (const [entry, { inputs }, example] of await forms())
      for (const [key, field] of Object.entries(inputs))
        if (isNumeric(field))
          for (const value of forbiddenValues(field))
            expect(
              messageOf(() => readFields(inputs, { ...example, [key]: value })),
              `${entry} --${key}`,
            ).toContain(key);
  });

  test("within their ranges have an answer in finite numbers, or say what they need", async () => {
    for (const [entry, { inputs, evaluate }, example] of await forms()) {
      if (slow.has(`${name} ${entry}`)) continue;
      const given = readFields(inputs, example) as JsonObject;
      for (const [key, field] of Object.entries(inputs)) {
        if (!isNumeric(field)) continue;
        const usual = typeof given[key] === "number" ? given[key] : 1;
        for (const value of allowedValues(field, usual)) {
          const at = { ...example, [key]: value };
          try {
            const found = notFinite(evaluate(readFields(inputs, at)), entry);
            if (found && !meant.test(found)) expect.fail(`${JSON.stringify(at)}: ${found}`);
          } catch (error) {
            if (!isLandauError(error)) throw error;
          }
        }
      }
    }
  });
});
