import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../shared/bundle.mjs";
import { describeMachine } from "../shared/machine.mjs";

const here = import.meta.dirname;

/** What NUTS costs beside the gradients that it asks for. No peer: the gradients are our own either way. */
export const run = async ({ json }) => {
  const script = await bundle("sampling", join(here, "ours.ts"));
  const output = execFileSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const rows = output
    .trim()
    .split("\n")
    .map(line => JSON.parse(line));
  const machine = describeMachine();
  const body = rows.map(
    ({ mass, gradients, microsecondsAlone, microsecondsInNuts, shareOfGradients, gradientsPerSecond }) =>
      `| ${mass} | ${gradients} | ${microsecondsAlone.toFixed(2)} | ${microsecondsInNuts.toFixed(2)} | ${(100 * shareOfGradients).toFixed(0)} % | ${Math.round(gradientsPerSecond / 1000)} 000 |`,
  );
  const table = [
    "| mass | gradients of a run | us each, alone | us each, in NUTS | share of the gradients | gradients a second |",
    "| --- | --- | --- | --- | --- | --- |",
    ...body,
  ].join("\n");
  writeFileSync(
    join(here, "results.md"),
    `# NUTS on the toy model of superposition, n = 1000\n\nMade by \`npm run bench -- sampling\`. CPU time, the least of 15 rounds in turns; the gradients alone are taken at the very points that\nthe run visits.\n\n${table}\n\n${JSON.stringify(machine)}\n`,
  );
  writeFileSync(join(here, "results.json"), `${JSON.stringify({ machine, rows }, null, 1)}\n`);
  console.log(json ? JSON.stringify({ machine, rows }) : table);
};
