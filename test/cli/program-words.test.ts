import { expect, test } from "vitest";
import { programWords } from "../../src/cli/program-words.ts";

const root = "/clones/landau";
const script = `${root}/dist/cli.mjs`;

test.each([
  ["npx landau", { script, cwd: root, env: { npm_command: "exec" } }],
  ["npx landau", { script, cwd: root, env: { npm_lifecycle_event: "start" } }],
  ["npx landau", { script, cwd: root, env: {} }],
  ["npx landau", { script, cwd: `${root}/examples`, env: {} }],
  ["node ../landau/dist/cli.mjs", { script, cwd: "/clones/landau-notes", env: {} }],
  [
    "node '../../my clones/landau/dist/cli.mjs'",
    { script: "/my clones/landau/dist/cli.mjs", cwd: "/clones/x", env: {} },
  ],
  ["landau", { script: "/usr/local/bin/landau", cwd: root, env: {} }],
  ["landau", { script: "/clones/project/node_modules/.bin/landau", cwd: "/clones/project", env: {} }],
])("hints begin with %s", (words, started) => {
  expect(programWords({ root, ...started })).toBe(words);
});
