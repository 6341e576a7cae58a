import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const pages = ["README.md", "bench/README.md", "bench/superposition/README.md"]
  .concat(
    readdirSync(join(root, "docs"))
      .filter(name => name.endsWith(".md"))
      .map(name => `docs/${name}`),
  )
  .concat(
    readdirSync(join(root, "src/systems"), { withFileTypes: true })
      .filter(entry => entry.isDirectory())
      .map(entry => `src/systems/${entry.name}/README.md`),
  );

test.each(pages)("%s: every link inside the project leads somewhere", page => {
  const text = readFileSync(join(root, page), "utf8").replace(/```[\s\S]*?```/g, "");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(match => match[1])
    .filter(target => !/^https?:/.test(target));
  for (const target of targets)
    expect(existsSync(resolve(root, dirname(page), target.split("#")[0])), target).toBe(true);
});

test("the library example of the README runs", () => {
  const [, code] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8"))!;
  // Inside the project, where the package finds itself by name.
  const file = join(root, "test/readme-example.tmp.mjs");
  writeFileSync(file, code);
  const output = execFileSync(process.execPath, [file], { encoding: "utf8" });
  expect(output).toContain("label: '5+'");
  expect(output).toContain("l: 1.170459639097829");
  expect(output).toMatch(/^1000 \d/m);
});
