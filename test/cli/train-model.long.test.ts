import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { emptyFolder } from "../support/scratch.ts";
import { type Called, call } from "./call.ts";
import { execute } from "./executable.ts";

/** A folder of a user's own, in which landau is installed. */
const folder = emptyFolder();
mkdirSync(join(folder, "node_modules"));
symlinkSync(resolve(import.meta.dirname, "../.."), join(folder, "node_modules/landau"), "junction");
afterAll(() => rmSync(folder, { recursive: true }));

const HEAD = `import { model, optimisers } from "landau";
const data = { x: [[1, 2], [3, 4], [5, 6]], y: [[1], [2], [3]] };
const optimiser = optimisers.gradientDescent({ stepSize: 0.01 });
const net = model((m, { x, y }) => m.squaredError(m.linear("out", x, 1), y));
const fine = { model: net, data, optimiser, steps: 3 };
`;
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const landau = (...words: string[]) => execute(words, { cwd: folder });

const expectRefusal = (name: string, { code, stdout, stderr }: Called, message: string | RegExp) => {
  const [line, ...rest] = stderr.replaceAll(`${folder}/`, "").split("\n");
  expect({ code, stdout, rest }).toEqual({ code: 2, stdout: "", rest: [""] });
  expect(line.startsWith("landau: ")).toBe(true);
  if (typeof message === "string") expect(line.slice(8)).toContain(message);
  else expect(line.slice(8)).toMatch(message);
  expect(existsSync(join(folder, `runs-${name}`))).toBe(false);
};

type Row = [name: string, text: string, message: string | RegExp];

/** What Node says about a module itself; it says so only in a process of its own. */
const unloadable: Row[] = [
  ["syntax", "export default { model: net, data, ;", "cannot import syntax.mjs: Unexpected token ';' at syntax.mjs:6"],
  ["throws", 'throw new Error("out of luck");', "cannot import throws.mjs: out of luck at throws.mjs:6:7"],
  ["thrown-text", 'throw "out of luck";', "cannot import thrown-text.mjs: out of luck"],
  [
    "import",
    'import { modell } from "landau";',
    /^cannot import import\.mjs: .* does not provide an export named 'modell' at import\.mjs:\d/,
  ],
  [
    "missing-package",
    'import "no-such-package";',
    /^cannot import missing-package\.mjs: Cannot find package 'no-such-package'/,
  ],
  [
    "rate",
    "export default { ...fine, optimiser: optimisers.adam({ stepSize: -1 }) };",
    "cannot import rate.mjs: stepSize is -1: needs a positive number at rate.mjs:6:49",
  ],
  [
    "slip",
    'export default { ...fine, model: model((m, { x, y }) => m.squarederror(m.linear("out", x, 1), y)) };',
    "slip.mjs: m.squarederror is not a function at slip.mjs:6:59",
  ],
];

describe.concurrent("a module that cannot be loaded: one line, exit code 2, no run folder", () => {
  test.each(unloadable)("%s", async (name, text, message) => {
    write(`${name}.mjs`, `${HEAD}${text}\n`);
    expectRefusal(name, await landau("train", `./${name}.mjs`, "--runs", `runs-${name}`), message);
  });

  test("TypeScript, which Node 20 does not read", async () => {
    write("typed.ts", "export default 1 as number;\n");
    const called = await landau("train", "./typed.ts", "--runs", "runs-typed");
    expectRefusal("typed", called, /^cannot import typed\.ts: .* compile typed\.ts, or use Node 24$/);
  });
});

const unusable: Row[] = [
  ["nothing", "", "nothing.mjs exports no experiment: export const experiment = { model, data, optimiser, steps }"],
  ["number", "export default 3;", "number.mjs exports no experiment: export const experiment ="],
  [
    "steps",
    "export default { ...fine, steps: undefined };",
    "steps.mjs: steps is undefined: needs a whole number from 1",
  ],
  [
    "field",
    "export default { ...fine, batchsize: 2 };",
    "field.mjs: the experiment has batchsize, which is none of model, data",
  ],
  [
    "group",
    'export default { ...fine, optimiser: [{ parameters: "hidden", optimiser }] };',
    'group.mjs: optimiser is ["hidden"]: needs a group for the parameter array out.weight, or a last one for "*"',
  ],
  [
    "shapes",
    'export default { ...fine, model: model((m, { x, y }) => m.squaredError(m.matmul(x, m.parameter("W", [3, 1])), y)) };',
    "shapes.mjs: matmul of [3, 2] and [3, 1] at shapes.mjs:6:74: the first has 2 columns, the second 3 rows",
  ],
  [
    "scalar",
    'export default { ...fine, model: model((m, { x, y }) => m.sub(m.linear("out", x, 1), y)) };',
    "scalar.mjs: the loss has shape [3, 1]: needs a single number",
  ],
  [
    "missing",
    "export default { ...fine, data: { x: data.x } };",
    "missing.mjs: the model reads y, but the data have x",
  ],
  [
    "spare",
    "export default { ...fine, data: { ...data, z: data.y } };",
    "spare.mjs: the data have z, but the model reads x, y: leave out what it does not read",
  ],
  [
    "ragged",
    "export default { ...fine, data: { ...data, x: [[1], [2, 3]] } };",
    "ragged.mjs: data: x[1] has shape [2], x[0] has [1]: needs rows of one shape",
  ],
  [
    "index",
    'export default { ...fine, data: { x: data.x, y: Int32Array.of(0, 1, 2) }, model: model((m, { x, y }) => m.crossEntropy(m.linear("out", x, 2), y)) };',
    "index.mjs: y[2] is 2: needs an integer from 0 to 1",
  ],
  [
    "batch",
    "export default { ...fine, batch: 4 };",
    "batch.mjs: batch is 4: needs a whole number from 1 to the number of samples, 3",
  ],
  [
    "test-data",
    "export default { ...fine, test: { x: [[1, 2, 3]], y: [[1]] } };",
    "test-data.mjs: test data: parameter out.weight has shape [2, 1]: on these data the model needs [3, 1]",
  ],
  [
    "memory",
    'export default { ...fine, model: model((m, { x, y }) => m.squaredError(m.linear("out", m.linear("b", m.linear("a", x, 40000), 20000), 1), y)) };',
    /^memory\.mjs: the program needs \d{4,} MiB .*, more than there is: take fewer chains or smaller batches$/,
  ],
  [
    "start",
    'export default { ...fine, model: model((m, { x, y }) => m.mean(m.log(m.sub(m.linear("out", x, 1), y)))) };',
    /^start\.mjs: loss on 3 samples is NaN: log at start\.mjs:6:\d+ is the first array that is not finite: NaN at \[0,0\]$/,
  ],
];

describe("a module that cannot be used: one line, exit code 2, no run folder", () => {
  const train = (name: string, ...more: string[]) =>
    call(["train", join(folder, `${name}.mjs`), "--runs", join(folder, `runs-${name}`), ...more]);

  test.each(unusable)("%s", async (name, text, message) => {
    write(`${name}.mjs`, `${HEAD}${text}\n`);
    expectRefusal(name, await train(name), message);
  });

  test("a file that is not there", async () => {
    expectRefusal("none", await train("none"), "cannot read none.mjs: ENOENT");
  });

  test.each([
    ["a setting there is not", "rate=1", 'unknown setting "rate"'],
    ["a batch where all samples are taken", "batch=2", 'unknown setting "batch"'],
    ["no steps", "steps=0", "steps is 0: needs a whole number between 1"],
  ])("%s", async (_, pair, message) => {
    write("set.mjs", `${HEAD}export default fine;\n`);
    expectRefusal("set", await train("set", "--set", pair), message);
  });
});

test("one that diverges while it trains names study, chain, step, line and setting", async () => {
  write(
    "steep.mjs",
    `${HEAD}export default { ...fine, optimiser: optimisers.gradientDescent({ stepSize: 10 }), steps: 300 };\n`,
  );
  const { code, stderr } = await landau("train", "./steep.mjs", "--runs", "runs-steep");
  expect(code).toBe(2);
  expect(stderr.trimEnd().split("\n").at(-1)).toMatch(
    /^landau: study train, chain 0: step \d+: loss on 3 samples is Infinity: mul at steep\.mjs:4:\d+ is the first array that is not finite: Infinity at \[\d,0\]\. Lower the step size \(10 of gradient descent\), clip the gradient, or start closer to 0$/,
  );
  expect(stderr).not.toMatch(/^ +at /m);
});

const XOR = `import { model, optimisers } from "landau";
export const experiment = {
  model: model((m, { x, y }) => m.squaredError(m.linear("out", m.tanh(m.linear("in", x, 2)), 1), y)),
  data: { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [[0], [1], [1], [0]] },
  optimiser: optimisers.heavyBall({ stepSize: 0.05, momentum: 0.9 }),
  steps: 300,
};
`;
const pathOf = (runs: string) => join(folder, runs, readdirSync(join(folder, runs))[0]);
const recordsOf = (path: string) =>
  ["tasks", "snapshots"].flatMap(part =>
    readdirSync(join(path, part))
      .sort()
      .map(name => [name, readFileSync(join(path, part, name), "base64")]),
  );

describe("a module that is fine", () => {
  test("is trained on workers, whose number does not matter; shown, exported, and reported with its curves", async () => {
    write("xor.mjs", XOR);
    const train = (workers: string) =>
      landau("train", "./xor.mjs", "--seeds", "20", "--runs", `xor-${workers}`, "--workers", workers);
    const [one, two] = await Promise.all([train("1"), train("2")]);
    expect(one.code, one.stderr).toBe(0);
    expect(two.code, two.stderr).toBe(0);
    expect(one.stderr).toMatch(/^run xor-train-\d{8}-\d{6}, 1 worker\n20 chains in 1 study\n/);
    expect(one.stderr).toMatch(/^train 20\/20 {2}/m);
    expect(one.stdout).toMatch(
      /^train ends at\n {2}loss {2}\S+, the median of \S+ to 0\.1\d+\n\nloss of chain \d+[\s\S]*\nreport: /,
    );
    const [single, pair] = [pathOf("xor-1"), pathOf("xor-2")];
    expect(recordsOf(pair)).toEqual(recordsOf(single));
    // Twenty members, three to a task.
    expect(readdirSync(join(single, "tasks")).length).toBe(7);

    const report = readFileSync(join(single, "report.html"), "utf8");
    expect(report).toContain("Loss over training: train");
    expect(report).toContain("Where runs end: train");
    expect(report).toContain(">training steps</text>");
    expect(readdirSync(join(single, "figures")).sort()).toEqual(["loss-train.png", "loss-train.svg"]);

    const shown = await landau("show", "last", "--runs", "xor-1");
    expect(shown.stdout).toMatch(/^status +finished$/m);
    const exported = await landau("export", "last", "--runs", "xor-1", "--folder", "tables");
    expect(exported.code, exported.stderr).toBe(0);
    const finals = readFileSync(join(folder, "tables/train-final.csv"), "utf8").trimEnd().split("\r\n");
    expect(finals[0]).toBe("chain,step,loss");
    expect(finals.slice(1).map(line => Number(line.split(",")[0]))).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });

  test("is resumed after Ctrl-C with the same bits, and not when it has changed", async () => {
    write("long.mjs", XOR.replace("steps: 300", "steps: 200_000"));
    const words = ["train", "./long.mjs", "--seeds", "4", "--workers", "2", "--json", "--runs"];
    const whole = await landau(...words, "long-whole");
    expect(whole.code, whole.stderr).toBe(0);
    const stopped = await execute([...words, "long-stopped"], {
      cwd: folder,
      onStderr: (text, kill) => {
        if (text.includes("chains in")) setTimeout(() => kill("SIGINT"), 250);
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(
      /landau: run long-train-\S+ was stopped; to go on: npx landau resume long-stopped\//,
    );

    write("long.mjs", XOR.replace("steps: 300", "steps: 200_001"));
    const changed = await landau("resume", "last", "--runs", "long-stopped");
    expect(changed.code).toBe(2);
    expect(changed.stderr).toBe(
      "landau: long.mjs has changed since the run began, and a run goes on only with the model it began with: restore the file, or train anew\n",
    );

    write("long.mjs", XOR.replace("steps: 300", "steps: 200_000"));
    const resumed = await landau("resume", "last", "--runs", "long-stopped", "--json");
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(JSON.parse(resumed.stdout).contentHash).toBe(JSON.parse(whole.stdout).contentHash);
    expect(recordsOf(pathOf("long-stopped"))).toEqual(recordsOf(pathOf("long-whole")));
  });
});
