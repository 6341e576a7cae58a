import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../shared/bundle.mjs";
import { markdownTable } from "../shared/table.mjs";

/** node bench/change/made.mjs [FIRST LAST]: scores `findChanges` with its defaults on made series, for the seeds FIRST, ..., LAST - 1 of each kind. */
const here = import.meta.dirname;
const [first = "300", last = "320"] = process.argv.slice(2);
const script = await bundle("change-made", join(here, "made.ts"));
const { status, stdout } = spawnSync(process.execPath, [script, first, last], { stdio: ["ignore", "pipe", "inherit"] });
if (status !== 0) process.exit(status ?? 1);
const { kinds, smooth } = JSON.parse(stdout);

const mean = pick => (kinds.reduce((sum, row) => sum + pick(row), 0) / kinds.length).toFixed(3);
const page = `# Changes in made series

Made by \`node bench/change/made.mjs ${first} ${last}\`: \`findChanges\` with its defaults on series of which it is known where they change, after what economies, populations, sensors and logs write, and on
smooth curves as training writes them. F1 and cover are those of [series that people have marked](annotated-series.md). Mean F1 ${mean(row => row.f1)}, cover ${mean(row => row.cover)}.

${markdownTable(
  ["series", "number", "F1", "cover", "changes found", "of"],
  kinds.map(({ name, series, f1, cover, found, changes }) => [
    name,
    String(series),
    f1.toFixed(3),
    cover.toFixed(3),
    String(found),
    String(changes),
  ]),
)}

Without a change. The smooth laws are sums of up to three power laws and exponentials, which is more than \`findChanges\` knows (a line and one of them, or one of each): where there is no noise, or next to none,
what no law explains is taken for bends. So read what it says of a curve without noise with care; \`health\` warns of it.

${markdownTable(
  ["series", "number", "with an alarm"],
  smooth.map(({ name, series, alarms }) => [name, String(series), String(alarms)]),
)}
`;
writeFileSync(join(here, "../../docs/results/made-series.md"), page);
console.log(page);
