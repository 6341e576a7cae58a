#!/usr/bin/env node
/**
 * Asks of every claim whether it could fail: moves what it predicts, each number by 5 % up and down, judges it again on the records of a
 * finished run, which is not run anew, and lists the claims whose verdict stays as it was, with the reason where one can be read off. Needs a build.
 *
 *     node scripts/mutants.mjs [--runs FOLDER] [--write FILE] [NAME ...]
 *
 * FOLDER (runs) holds the runs: of each system the latest is taken, and a short reproduction is made where there is none. NAMEs are systems; all
 * without one. A count that has to be met exactly is moved by one, and nought by one unit, as a share of it is nothing; tolerances stay as they are.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { judge, systems } from "landau";
import { listRuns, readRun } from "landau/node";
import { moved, percent, reasonOf } from "./mutants/moved.mjs";

const root = resolve(import.meta.dirname, "..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "runs" }, write: { type: "string" } },
});
const unknown = positionals.find(name => !Object.hasOwn(systems, name));
if (unknown !== undefined) {
  console.error(`no system is called ${unknown}: one of ${Object.keys(systems).join(", ")}`);
  process.exit(2);
}

/** Reasons with how many comparisons have each, the margins as one. */
const reasonsOf = comparisons => {
  const margins = comparisons.map(reasonOf).map(reason => reason.replace(/^a margin of .*$/, "a margin"));
  const widest = comparisons
    .filter(({ predicted }) => typeof predicted === "number" && predicted !== 0)
    .reduce((most, { predicted, tolerance = 0 }) => Math.max(most, tolerance / Math.abs(predicted)), 0);
  return [...new Set(margins)].map(reason => (reason === "a margin" ? `a margin of up to ${percent(widest)}` : reason));
};

const viewOf = ({ seed, spec, records }) => ({
  seed,
  study: name => spec.studies.find(study => study.name === name),
  records,
});

const examine = (claim, view) => {
  const { outcome, comparisons } = judge(claim, claim.measure(view));
  const judged = mutant => judge(claim, mutant).outcome;
  const isMoved = comparison => [-1, 1].some(sign => judged([moved(comparison, sign)]) !== judged([comparison]));
  return {
    claim: claim.id,
    kind: [...new Set(comparisons.map(({ kind }) => kind))].join(", "),
    outcome,
    down: judged(comparisons.map(each => moved(each, -1))),
    up: judged(comparisons.map(each => moved(each, 1))),
    count: comparisons.length,
    felt: comparisons.filter(isMoved).length,
    /** The widest margin of a claim that says of distances alone that they are nought. */
    distance: comparisons.every(({ predicted, tolerance = 0 }) => predicted === 0 && tolerance > 0)
      ? Math.max(...comparisons.map(({ tolerance }) => tolerance))
      : null,
    reasons: reasonsOf(comparisons),
  };
};

/** The latest run of a system that holds verdicts, made when there is none. */
const runOf = name => {
  const find = () =>
    listRuns(values.runs)
      .filter(
        ({ status, manifest }) =>
          status === "finished" && manifest.spec.system === name && manifest.spec.claims.length > 0,
      )
      .at(-1);
  if (!find()) {
    const words = ["dist/cli.mjs", "reproduce", name, "--quick", "--no-report", "--runs", resolve(values.runs)];
    spawnSync(process.execPath, words, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  }
  return readRun(find().path, values.runs);
};

const pages = [];
const totals = { claims: 0, change: 0, stay: 0 };
for (const name of positionals.length > 0 ? positionals : Object.keys(systems)) {
  const run = runOf(name);
  const { claims } = await systems[name].load();
  const results = run.spec.claims.map(id => {
    const claim = claims.find(each => each.id === id);
    if (!claim)
      throw new Error(
        `run ${run.id} asks for the claim ${id}, which ${name} does not have: delete it, and it is made anew`,
      );
    return examine(claim, viewOf(run));
  });
  const changes = ({ outcome, down, up }) => down !== outcome || up !== outcome;
  const staying = results.filter(result => !changes(result));
  const distances = results.filter(result => result.distance !== null && changes(result));
  totals.claims += results.length;
  totals.stay += staying.length;
  totals.change += results.length - staying.length;
  const size = run.spec.title;
  console.log(`${name}: of ${results.length} claims ${results.length - staying.length} change, ${staying.length} stay`);
  pages.push(
    `## ${name}\n\n${results.length} ${results.length === 1 ? "claim" : "claims"} of a ${size} reproduction from seed ${run.seed}: the verdict of ${results.length - staying.length} changes` +
      `${distances.length > 0 ? `, that of ${distances.map(({ claim, distance }) => `${claim} (within ${distance})`).join(", ")} because a distance of nought is moved by one unit` : ""}; ${staying.length === 0 ? "none stays" : staying.length === 1 ? "1 stays as it was" : `${staying.length} stay as they were`}.\n` +
      (staying.length === 0
        ? ""
        : `\n| claim | known by | verdict | comparisons | change when moved alone | why |\n| --- | --- | --- | --- | --- | --- |\n${staying
            .map(
              ({ claim, kind, outcome, count, felt, reasons }) =>
                `| ${claim} | ${kind} | ${outcome} | ${count} | ${felt} | ${reasons.join("; ")} |`,
            )
            .join("\n")}\n`),
  );
}
const summary = `Of ${totals.claims} claims ${totals.change} change their verdict when what they predict is moved by 5 %, up or down; ${totals.stay} do not.`;
console.log(summary);
if (values.write)
  writeFileSync(
    values.write,
    `# Which claims could fail\n\nMade by \`node scripts/mutants.mjs --write docs/results/mutants.md\`, on finished runs that are not run anew. Every predicted number of a claim is moved by 5 %, once up and once down; a count that has to be met\nexactly by one, nought by one unit; tolerances stay. ${summary} Those, with what kind of statement they make:\n\n${pages.join("\n")}`,
  );
