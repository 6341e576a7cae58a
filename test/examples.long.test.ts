import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { landau } from "./determinism/landau.ts";
import { emptyFolder } from "./support/scratch.ts";

const examples = resolve(import.meta.dirname, "../examples");

test.each(readdirSync(examples).filter(name => name.endsWith(".mjs")))(
  "example %s runs and prints what it says",
  name => {
    const output = execFileSync(process.execPath, [join(examples, name)], { encoding: "utf8" });
    expect(output).toMatchSnapshot();
  },
);

test("the example spec runs", async () => {
  const { code, stdout, stderr } = await landau([
    "run",
    join(examples, "wider.toml"),
    "--runs",
    emptyFolder(),
    "--json",
  ]);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ system: "superposition" });
});
