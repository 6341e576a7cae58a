import { describe, expect, test } from "vitest";
import { svgText } from "../../../src/charts/svg.ts";
import { figures } from "../../../src/systems/tame/figures/index.ts";
import { tame } from "../../../src/systems/tame/index.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

const run = shortRun(tame, { to: 512, steps: 30 });

testExhibits(figures, run);

describe("bounds that say nothing are shown as such", () => {
  const drawn = (name: string, of = run): string => {
    const { draw, width, height } = figures.figures.find(figure => figure.name === name)!;
    return svgText(draw(of, { width, height }));
  };

  test("where a bound reaches 1 in a chart of gaps, the chart is shaded above and says why", () => {
    // Below 1 at every size here: the bound of VC dimension 2 from 64 samples on.
    expect(drawn("slow-roll")).not.toContain("vacuous");
    for (const name of ["uniform-deviation", "interpolation", "towers"]) {
      expect(drawn(name), name).toContain('data-mark="region"');
      expect(drawn(name), name).toContain("vacuous");
    }
  });

  test("the table marks the tanh net and the sines of any frequency, and no other", () => {
    const rows = figures.tables[0].rows(run).map(cells => [cells[0], cells.at(-1)] as const);
    const marked = rows.filter(([, bound]) => bound?.startsWith("vacuous")).map(([family]) => family);
    expect(marked).toEqual(["tanh net 2-8-1", "sines of any frequency"]);
  });

  test("closed forms name them", () => {
    const { deviation } = tame.theory;
    expect(deviation.evaluate({ N: 64, d: 1, delta: 0.05 } as never)).toMatchObject({ vacuous: ["classic", "pdim"] });
    expect(deviation.evaluate({ N: 50_000, d: 1, delta: 0.05 } as never)).toMatchObject({ vacuous: [] });
  });
});
