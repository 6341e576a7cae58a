import { isNpy } from "../../src/formats/npy.ts";
import type { DrawTable } from "../../src/logs/draws.ts";
import { readDrawsCsv } from "../../src/logs/draws-csv.ts";
import { readDrawsNpz } from "../../src/logs/draws-npz.ts";
import type { Diagnostic } from "../../src/sampling/diagnostics/diagnostic.ts";
import { summarise } from "../../src/sampling/diagnostics/summary.ts";
import { judgeTransitions } from "../../src/sampling/diagnostics/transitions.ts";
import type { Said } from "../workers/file-messages.ts";

interface Held {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What `landau diagnose` says of draws. */
export const sayDraws = (files: readonly Held[], say: (said: Said) => void): void => {
  const [{ name, bytes }] = files;
  const isBinary = (bytes[0] === 0x50 && bytes[1] === 0x4b) || isNpy(bytes);
  const table: DrawTable = isBinary ? readDrawsNpz(bytes, name) : readDrawsCsv(files);
  const summaries = table.quantities.map(each => summarise(each.name, each.chains));
  const findings = judgeTransitions(table.sampler ?? {});
  const wrong = summaries.filter(({ health }) => health.outcome !== "good");
  say({
    title: `${name}: ${table.quantities.length} quantities, ${table.chains} chains of ${table.draws} draws; ${wrong.length === 0 ? "no complaint" : `${wrong.length} doubtful or bad`}`,
    lines: [
      ...table.notes,
      ...findings.filter(({ outcome }) => outcome !== "good").map(({ text }) => text),
      ...wrong.slice(0, 12).map(each => `${each.name}: ${each.health.text.replaceAll("\n", "; ")}`),
    ],
    table: {
      columns: ["quantity", "health", "mean", "error of the mean", "sd", "effective draws", "in the tails", "R-hat"],
      rows: summaries.map(({ name: quantity, health, mean, mcseMean, sd, essBulk, essTail, rHat }) => [
        quantity,
        health.outcome === "good"
          ? "good"
          : health.outcome === "undefined"
            ? "nothing to judge"
            : "not enough draws yet",
        ...[mean, mcseMean, sd, essBulk, essTail, rHat].map(cellOf),
      ]),
    },
  });
};

const cellOf = (diagnostic: Diagnostic): number | string =>
  "value" in diagnostic && typeof diagnostic.value === "number" ? diagnostic.value : "none";
