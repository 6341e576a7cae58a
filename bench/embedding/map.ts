import { readFileSync } from "node:fs";
import { defaultsOf } from "../../src/contracts/field.ts";
import type { Protocol, RunRecord } from "../../src/contracts/protocol.ts";
import { embedding } from "../../src/systems/embedding/index.ts";
import { phaseOf } from "../../src/systems/embedding/theory/phases.ts";
import type { Workload } from "../shared/serve.ts";

interface PublishedMap {
  readonly steps: number;
  /** [training step, test step] by row and column. */
  readonly cells: readonly (readonly (readonly (number | null)[])[])[];
}

const sizes = {
  ...{ xControl: "decoderRate", xScale: "log", xFrom: 1e-5, xTo: 1e-2, columns: 16 },
  ...{ yControl: "weightDecay", yScale: "linear", yFrom: 0, yTo: 10, rows: 11 },
  ...{ design: "adaptive", seeds: 1, stop: "decided", steps: 100_000 },
};

/**
 * The published map as an adaptive sweep goes through it, one seed, each cell answering as published. `check` gives the cells that it runs, their steps until their phases
 * are decided, those of all cells until theirs are, and all cells' whole budgets.
 */
export const mapSteps = ({ path }: { readonly path: string }): Workload => ({
  units: 1,
  check() {
    const { cells, steps: budget } = JSON.parse(readFileSync(path, "utf8")) as PublishedMap;
    const { sweep } = embedding.protocols as { readonly sweep: Protocol };
    const settings = { ...defaultsOf(sweep.settings), ...sizes };
    const decided = (row: number, column: number): number => {
      const steps = cells[row][column];
      return steps.includes(null) ? budget : Math.max(...(steps as number[])) + 1;
    };
    const records: RunRecord[] = [];
    let steps = 0;
    for (let round = 0; ; round++) {
      const pieces = sweep.plan!({ settings, seed: 0, chain: 0 }, records, round);
      if (pieces.length === 0) break;
      for (const piece of pieces) {
        const { x, y } = piece as { x: number; y: number };
        const [row, column] = [Math.round(5 * (Math.log10(x) + 5)), Math.round(y)];
        const [trainStep, testStep] = cells[row][column];
        records.push({ kind: "cell", chain: 0, ...piece, label: phaseOf(trainStep, testStep) });
        steps += decided(row, column);
      }
    }
    const all = cells.flatMap((row, i) => row.map((_, j) => decided(i, j)));
    return [records.length, steps, all.reduce((sum, value) => sum + value, 0), all.length * budget];
  },
  run: () => {},
});
