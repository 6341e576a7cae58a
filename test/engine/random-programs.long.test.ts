import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { shapeRules } from "../../src/engine/graph/shape-rules.ts";
import { SEED } from "./primitive-scenes.ts";
import { primitivesOf, type Recipe, randomProgram, recipes } from "./random-graph.ts";
import { compareWithOracle, compileSetting, everything, fill, type Setting } from "./simulation.ts";
import { precisionNames, type Way, ways } from "./ways.ts";

const met = new Set<string>();

const settingOf = (
  recipe: Recipe,
  way: Way,
  precision: Setting["precision"],
  chains: number,
  steps: number,
): Setting => {
  const { graph, goal } = randomProgram(recipe, way);
  for (const op of primitivesOf(goal)) met.add(op);
  return { graph, goal, precision, chains, steps, seed: recipe.batch };
};

const chainsIn = (way: Way): number => (way === "chains" ? 5 : 2);

describe.each(precisionNames)("random programs, %s", precision => {
  test.each(ways)("agree with the oracle over several steps and chains: %s", way => {
    const tally = { programs: 0, inTheirWay: 0, decided: 0 };
    fc.assert(
      fc.property(recipes(), recipe => {
        const setting = settingOf(recipe, way, precision, chainsIn(way), 3);
        const { program, decided } = compareWithOracle(setting);
        tally.programs++;
        tally.decided += decided;
        const { lanes, steps } = program.plan;
        const isOnePass = steps.some(step => step.kind === "region" && step.region.axes.join() === `${recipe.batch}`);
        if (way === "chains" ? lanes === "chains" : lanes === "entries" && (way === "arrays" || isOnePass))
          tally.inTheirWay++;
      }),
      { seed: 6, numRuns: way === "samples" ? 200 : 120 },
    );
    // Most results are certain to a hundredth, and many programs suit the way they are meant for: samples are easily mixed.
    expect(tally.decided / tally.programs).toBeGreaterThan(0.8);
    expect(tally.inTheirWay / tally.programs).toBeGreaterThan({ arrays: 0.99, samples: 0.4, chains: 0.7 }[way]);
  });

  test.each(ways)("k steps in one call are k calls of one step, bit for bit: %s", way => {
    fc.assert(
      fc.property(recipes(), recipe => {
        const whole = settingOf(recipe, way, precision, chainsIn(way), 4);
        const program = compileSetting(whole);
        fill(program, whole);
        program.run(4, { from: 0, seed: SEED });
        const single = { ...whole, steps: 1 };
        const stepwise = compileSetting(single);
        fill(stepwise, single);
        const shown = everything(program, whole);
        for (let step = 0; step < 4; step++) {
          fill(stepwise, single, { from: step, parameters: step === 0 });
          stepwise.run(1, { from: step, seed: SEED });
          for (let chain = 0; chain < program.chains; chain++)
            expect(stepwise.read("loss", { chain })).toEqual(shown[`loss ${chain} ${step}`]);
        }
        for (const name of Object.keys(program.plan.parameters))
          expect(stepwise.read(name, { chain: 1 })).toEqual(program.read(name, { chain: 1 }));
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  test.each(ways)("a chain among others has the bits of the chain alone: %s", way => {
    fc.assert(
      fc.property(recipes(way === "chains" ? 12 : 30), recipe => {
        const together = settingOf(recipe, way, precision, chainsIn(way), 2);
        const program = compileSetting(together);
        fill(program, together);
        program.run(2, { from: 0, seed: SEED });
        const shown = everything(program, together);
        const alone = { ...together, chains: 1 };
        const single = compileSetting(alone);
        expect(single.plan.lanes).toBe(program.plan.lanes);
        for (let chain = 0; chain < together.chains; chain++) {
          fill(single, alone, { firstChain: chain });
          single.run(2, { from: 0, seed: SEED, firstChain: chain });
          for (const [place, values] of Object.entries(everything(single, alone))) {
            const [name, rest] = [place.replace(/ 0( \d+)?$/, ""), / 0( \d+)?$/.exec(place)![1] ?? ""];
            expect(values).toEqual(shown[`${name} ${chain}${rest}`]);
          }
        }
      }),
      { seed: 8, numRuns: 40 },
    );
  });
});

test("the same program twice gives the same bytes", () => {
  fc.assert(
    fc.property(recipes(), fc.constantFrom(...ways), fc.constantFrom(...precisionNames), (recipe, way, precision) => {
      const [first, second] = [0, 1].map(() => compileSetting(settingOf(recipe, way, precision, 5, 2)));
      expect(first.code).toEqual(second.code);
      expect(first.memoryBytes).toBe(second.memoryBytes);
    }),
    { seed: 9, numRuns: 40 },
  );
});

afterAll(() => {
  // What random programs never contain, they do not test.
  expect([...met].toSorted()).toEqual(Object.keys(shapeRules).toSorted());
});
