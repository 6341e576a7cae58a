import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { axesOf, placedCells } from "../../src/protocols/sweep-axes.ts";
import { isSettled, letters, SIDE, settingsOf, sweep } from "./toy-addition-problem.ts";

/*
 * Makes the table of votes, seed after seed, and leaves out the runs of cells that are settled. Takes some ten minutes of processor time.
 *
 *     node toy-addition-votes.mjs runs.jsonl votes.csv
 *
 * The first file holds what is done: interrupted, it goes on from there.
 */
const [kept, table] = process.argv.slice(2);
const settings = settingsOf({});
const axes = axesOf(settings);
const keyOf = ({ x, y, seed }: { readonly [name: string]: unknown }) => `${x} ${y} ${seed}`;
const done = new Map<string, string>();
if (existsSync(kept))
  for (const line of readFileSync(kept, "utf8").split("\n").slice(0, -1)) {
    const record = JSON.parse(line);
    done.set(keyOf(record), record.label);
  }

const votes: string[][] = Array.from({ length: SIDE * SIDE }, () => []);
for (const piece of sweep.plan!({ settings, seed: 0, chain: 0 }, [], 0)) {
  const [{ column, row }] = placedCells([{ kind: "cell", chain: 0, ...piece }], axes);
  const own = votes[row * SIDE + column];
  if (isSettled(own)) continue;
  let label = done.get(keyOf(piece));
  if (label === undefined) {
    sweep.run(
      { settings, seed: 0, chain: 0, piece },
      {
        record: (_, fields) => {
          label = fields.label as string;
        },
        snapshot: () => {},
        save: () => {},
        saved: undefined,
        progress: () => {},
      },
    );
    appendFileSync(kept, `${JSON.stringify({ ...piece, label })}\n`);
  }
  own.push(letters[label!]);
}
const lines = votes.flatMap((own, cell) =>
  own.map((label, seed) => [cell % SIDE, Math.floor(cell / SIDE), seed, label].join()),
);
writeFileSync(table, `column,row,seed,label\n${lines.join("\n")}\n`);
