import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { emptyFolder } from "./support/scratch.ts";

const root = resolve(import.meta.dirname, "..");
const pages = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "bench/README.md", "bench/superposition/README.md"]
  .concat(
    readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
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

/** What a program prints that lies inside the project, where the package finds itself by name. */
const outputOf = (code: string): string => {
  const file = join(root, "test/snippet.tmp.mjs");
  writeFileSync(file, code);
  try {
    return execFileSync(process.execPath, [file], { encoding: "utf8" });
  } finally {
    rmSync(file);
  }
};

test("the library example of the README runs", () => {
  const [, code] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8"))!;
  const output = outputOf(code);
  expect(output).toContain("label: '5+'");
  expect(output).toContain("l: 1.170459639097829");
  expect(output).toMatch(/^1000 \d/m);
});

test("the snippets of docs/writing-a-model.md run, one behind the other", () => {
  const text = readFileSync(join(root, "docs/writing-a-model.md"), "utf8");
  const blocks = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  const lines = outputOf(blocks.join("\n")).trimEnd().split("\n");
  expect(lines[0]).toMatch(/^500 \d\.\d+(e-\d+)?$/);
  expect(lines[1]).toBe("[ 2, 16 ]");
  expect(lines).toContainEqual(expect.stringMatching(/^0 \d\.\d+ 0$/));
  expect(lines).toContainEqual(expect.stringMatching(/^\d+ of 64 seeds learn it$/));
  expect(lines.at(-1)).toBe("]");
});

test("the example of docs/order-of-a-transition.md runs, and says what the comments beside it say", () => {
  const text = readFileSync(join(root, "docs/order-of-a-transition.md"), "utf8");
  const blocks = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code);
  const output = outputOf(blocks.join("\n"));
  expect(output).toMatch(/^undecided \[[^\]]*'1 size: three or more would show how the peak scales'\s*\]/);
  const said = [...text.matchAll(/ \/\/ ((?:continuous|discontinuous) .*)$/gm)].map(([, comment]) => comment);
  expect(said).toHaveLength(2);
  for (const comment of said) expect(output.split("\n")).toContain(comment);
  expect(output).toMatch(/^hysteresis: the loop/m);
  expect(output).toMatch(/^edge: .*fits worse than a fall from a height/m);
});

test.each([
  ["health-panel", 2],
  ["phase-maps", 2],
  ["sampling", 4],
])("the example of docs/%s.md runs, and says what the comments beside it say", (page, comments) => {
  const text = readFileSync(join(root, `docs/${page}.md`), "utf8");
  const [, code] = /```js\n([\s\S]*?)```/.exec(text)!;
  const said = [...code.matchAll(/; +\/\/ (.*)$/gm)].map(([, comment]) => comment);
  expect(said).toHaveLength(comments);
  expect(outputOf(code).trimEnd().split("\n")).toEqual(said);
});

test("the commands of the README print what stands below them, numbers apart", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/printed.mjs", "README.md"], {
    cwd: root,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

test("output that is not what a page prints is told", () => {
  const page = join(emptyFolder(), "page.md");
  const answer = "l             1.0\n";
  writeFileSync(page, `\`\`\`console\n$ npx landau theory superposition kgon --k 5 --c 6\n${answer}\`\`\`\n`);
  const { status, stderr } = spawnSync(process.execPath, ["scripts/printed.mjs", page], {
    cwd: root,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toContain("kgon --k 5 --c 6\nprinted in the docs:\nl             1.0");
});
