import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Lowered } from "../../src/engine/fast-modes.ts";
import type { Plan } from "../../src/engine/lower/plan.ts";
import { emitProgram } from "../../src/engine/native/emit-program.ts";
import { programText } from "../../src/engine/native/program-text.ts";
import { compile } from "../../src/engine/program.ts";
import type { Layout } from "../../src/engine/wasm/layout.ts";
import { precisions } from "../../src/engine/wasm/precision.ts";
import { hashText } from "../../src/numerics/hash-text.ts";
import { scenes, settingOf } from "../lab/node/native/scenes.ts";
import { randomProgram, recipes } from "./random-graph.ts";
import type { Setting } from "./simulation.ts";
import { precisionNames, ways } from "./ways.ts";

type Program = Pick<Lowered, "plan" | "layout" | "precision">;

const lowered = ({ graph, goal, precision, chains, steps }: Omit<Setting, "seed">): Program => {
  let found: Program | undefined;
  const accelerate = (program: Lowered) => {
    found = program;
    return () => {};
  };
  compile(graph, goal, { precision, chains, stepsPerCall: steps, accelerate });
  return found!;
};

const printed = ({ plan, layout, precision }: Program): string =>
  emitProgram(plan, layout, precision, { hashText, isFused: false });
const text = ({ plan, layout, precision }: Program): string => programText(plan, layout, precision);

/** Words that stand for one another where one of them is read. */
const families = [
  ["add", "sub", "mul", "div", "maximum", "minimum"],
  ["neg", "exp", "log", "log1p", "tanh", "erf", "sqrt", "sin", "cos"],
  ["less", "lessOrEqual", "equal"],
  ["sum", "max"],
  ["shared", "chain", "step", "chainStep", "temporary"],
  ["real", "index"],
  ["normal", "uniform"],
  ["entries", "chains"],
];

const others = (value: unknown): readonly unknown[] => {
  if (typeof value === "number") return [value + 1, Object.is(value, 0) ? -0 : -value, Number.POSITIVE_INFINITY];
  if (typeof value === "boolean") return [!value];
  const family = families.find(words => words.includes(value as string));
  return family ? family.filter(word => word !== value) : [`${value}.`];
};

/** Every number, word and truth value that can be reached, each once. */
const leavesOf = (root: object): { readonly holder: { [key: string]: unknown }; readonly key: string }[] => {
  const [seen, waiting] = [new Set<object>([root]), [root]];
  const leaves: ReturnType<typeof leavesOf> = [];
  for (let holder = waiting.pop(); holder; holder = waiting.pop())
    for (const [key, value] of Object.entries(holder)) {
      if (typeof value !== "object") leaves.push({ holder: holder as { [key: string]: unknown }, key });
      else if (!seen.has(value)) {
        seen.add(value);
        waiting.push(value);
      }
    }
  return leaves;
};

/** The same program with slots of its own, whose addresses go by their numbers. */
const copyOf = ({ plan, layout, precision }: Program, addresses: ReadonlyMap<number, number>): Program => {
  const { steps, lanes, chains } = plan;
  const address: Layout["address"] = ({ id }) => addresses.get(id) ?? 0;
  return { plan: structuredClone({ steps, lanes, chains }) as Plan, layout: { ...layout, address }, precision };
};

const addressesOf = ({ plan, layout }: Program): ReadonlyMap<number, number> => {
  const found = new Map<number, number>();
  for (const { holder } of leavesOf(plan.steps))
    if ("place" in holder) found.set(holder.id as number, layout.address(holder as never) ?? 0);
  return found;
};

/** Every change of one thing that the printer sees changes the text; how many it saw. */
const checkChanges = (program: Program, most: number): number => {
  const addresses = addressesOf(program);
  const [before, name] = [printed(copyOf(program, addresses)), text(copyOf(program, addresses))];
  let count = 0;
  const compare = (changed: Program, what: string) => {
    let after: string;
    try {
      after = printed(changed);
    } catch {
      return;
    }
    if (after === before) return;
    count++;
    expect(text(changed), what).not.toBe(name);
  };
  const size = leavesOf(copyOf(program, addresses).plan).length;
  const every = Math.max(1, Math.floor(size / most));
  for (let leaf = 0; leaf < size; leaf += every) {
    const { holder, key } = leavesOf(copyOf(program, addresses).plan)[leaf];
    for (const other of others(holder[key])) {
      const changed = copyOf(program, addresses);
      leavesOf(changed.plan)[leaf].holder[key] = other;
      compare(changed, `${key} ${holder[key]} -> ${other}`);
    }
  }
  for (const key of Object.keys(program.layout) as (keyof Layout)[]) {
    const value = program.layout[key];
    if (typeof value !== "number") continue;
    const changed = copyOf(program, addresses);
    compare({ ...changed, layout: { ...changed.layout, [key]: value + 64 } }, key);
  }
  for (const [slot, at] of addresses)
    compare(copyOf(program, new Map([...addresses, [slot, at + 64]])), `address of ${slot}`);
  return count;
};

describe.each(precisionNames)("%s: what the printer sees of a program is in its text", precision => {
  test.each(ways)("random programs: %s", way => {
    fc.assert(
      fc.property(recipes(20), recipe => {
        const setting = { ...randomProgram(recipe, way), precision, chains: way === "chains" ? 21 : 2, steps: 2 };
        const program = lowered(setting);
        expect(text(lowered({ ...setting, ...randomProgram(recipe, way) }))).toBe(text(program));
        expect(checkChanges(program, 50)).toBeGreaterThan(30);
      }),
      { seed: 22, numRuns: 3 },
    );
  });

  test("products, draws, scatters, lookups, folds and constants", () => {
    for (const scene of Object.values(scenes)) checkChanges(lowered(settingOf(scene, precision)), 30);
  });
});

test("the same plan at the same addresses has another text in another precision", () => {
  const [scene] = Object.values(scenes);
  const { plan, layout } = lowered(settingOf(scene, "f32"));
  const [single, double] = precisionNames.map(name => text({ plan, layout, precision: precisions[name] }));
  expect(single).not.toBe(double);
});
