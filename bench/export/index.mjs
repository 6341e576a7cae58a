import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peerPython } from "../peers/environment.mjs";
import { markdownTable } from "../shared/table.mjs";

const here = import.meta.dirname;
const cli = join(here, "../../dist/cli.mjs");
const axes = ["decoderRate", "weightDecay"];

/** What `landau export` writes of a small sweep (a build: npm run build), opened by xarray and pandas and compared number by number. No times. */
export const run = ({ json }) => {
  const python = peerPython();
  const folder = mkdtempSync(join(tmpdir(), "landau-export-"));
  const landau = (...words) =>
    execFileSync(process.execPath, [cli, ...words], { encoding: "utf8", cwd: folder, stdio: "pipe" });
  try {
    landau("run", join(here, "sweep.toml"), "--no-report");
    const [name] = readdirSync(join(folder, "runs"));
    for (const format of ["parquet", "zarr"]) landau("export", name, "--to", format, "--folder", format);
    const { status, stdout, stderr } = spawnSync(
      python,
      [join(here, "check.py"), join("runs", name), "parquet", "zarr", "plane", ...axes],
      {
        encoding: "utf8",
        cwd: folder,
      },
    );
    if (stdout === "") throw new Error(`check.py failed:\n${stderr}`);
    const { versions, found } = JSON.parse(stdout);
    const report = { versions, rows: found };
    writeFileSync(join(here, "results.json"), `${JSON.stringify(report, null, 2)}\n`);
    writeFileSync(join(here, "results.md"), page(report));
    console.log(json ? JSON.stringify(report) : page(report));
    if (status !== 0) throw new Error("an export differs from the records");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const page = ({ versions, rows }) => `# Exports of a sweep, opened by others

Made by \`npm run bench -- export\`.

A sweep of ${axes.join(" and ")} (\`bench/export/sweep.toml\`), exported by \`landau export --to parquet\` and \`--to zarr\`, opened by pandas and xarray with
warnings as errors, and compared with the logs of the run: numbers to the bit, what is computed from them anew to 13 digits. ${Object.entries(
  versions,
)
  .map(([name, version]) => `${name} ${version}`)
  .join(", ")}.

${markdownTable(
  ["what", "numbers", "result"],
  rows.map(({ check, numbers, result }) => [check, String(numbers), result]),
)}
`;
