import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { packParquet } from "../../src/formats/pack-parquet.ts";
import { workedTables } from "../../src/systems/emergence/model/worked-tables.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const { mirage20, jump5, smooth1 } = workedTables;
type Table = typeof mirage20 | typeof jump5 | typeof smooth1;

const wide = ({ scale, k, n, p, length }: Table, separator = ","): string =>
  [
    ["params", "k", "n", "token_accuracy", "length"].join(separator),
    ...scale.map((N, i) => [N, k[i], n[i], p[i], length].join(separator)),
  ].join("\n");
const long = ({ scale, k, n, p, length }: Table): string =>
  scale
    .flatMap((N, i) => [
      { model: `m${i}`, scale: N, metric: "exact_match", score: k[i] / n[i], n: n[i], length },
      { model: `m${i}`, scale: N, metric: "cross_entropy", score: -Math.log(p[i]), n: n[i], length },
    ])
    .map(row => JSON.stringify(row))
    .join("\n");
const audited = async (path: string, ...more: string[]) => {
  const { code, stdout, stderr } = await call(["audit", path, "--json", ...more]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return JSON.parse(stdout);
};

describe("the worked tables", () => {
  test.each([
    ["mirage20", mirage20, "metric-artefact", "an artefact of the metric"],
    ["jump5", jump5, "jump-in-continuous-metric", "a jump, in the continuous metric too"],
    ["smooth1", smooth1, "no-emergence-claim", "no jump: this is no case"],
  ] as const)("%s has its verdict from every layout and format", async (name, table, verdict, words) => {
    const columns = [
      ["scale", table.scale],
      ["k", table.k],
      ["n", table.n],
      ["token_accuracy", table.p],
      ["length", table.scale.map(() => table.length)],
    ] as const;
    const parquet = packParquet(
      columns.map(([column, values]) => ({ name: column, type: "number", values: [...values] })),
    );
    for (const path of [
      file(`${name}.csv`, wide(table)),
      file(`${name}.tsv`, wide(table, "\t")),
      file(`${name}.jsonl`, long(table)),
      file(`${name}.parquet`, parquet),
    ]) {
      const { tasks } = await audited(path);
      expect(tasks.map((task: { verdict: string }) => task.verdict)).toEqual([verdict]);
      expect(tasks[0].audit.ratio).toBeCloseTo(1, 1);
    }
    const { code, stdout } = await call(["audit", join(folder, `${name}.csv`)]);
    expect(code).toBe(0);
    expect(stdout).toContain(words);
    for (const line of stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test("rows for each item are counted", async () => {
    const rows = mirage20.scale.flatMap((N, i) =>
      Array.from({ length: 500 }, (_, item) => [N, item, item < mirage20.k[i], mirage20.p[i], 20].join(",")),
    );
    const { tasks } = await audited(
      file("items.csv", `params,item,correct,token_accuracy,n_tokens\n${rows.join("\n")}`),
    );
    expect(tasks[0].exact).toEqual(mirage20.k.map(hits => hits / 500));
    expect(tasks[0].verdict).toBe("metric-artefact");
  });

  test("several tasks have a verdict each, and one can be asked for", async () => {
    const both = [["easy", smooth1] as const, ["hard", jump5] as const].flatMap(([task, table]) =>
      long(table).split("\n").map(line => JSON.stringify({ task, ...JSON.parse(line) })),
    ); // biome-ignore format: a table each
    const path = file("tasks.jsonl", both.join("\n"));
    expect(
      (await audited(path)).tasks.map((each: { task: string; verdict: string }) => [each.task, each.verdict]),
    ).toEqual([
      ["easy", "no-emergence-claim"],
      ["hard", "jump-in-continuous-metric"],
    ]);
    expect((await audited(path, "--task", "easy")).tasks).toHaveLength(1);
    expect((await call(["audit", path])).stdout).toContain("2 tasks were searched: 1 of 1 jumps stay");
  });

  test("a jump is robust: without any one scale, and on the metrics that are continuous", async () => {
    const { tasks } = await audited(join(folder, "jump5.csv"));
    const { same, metrics } = tasks[0].robustness;
    expect(same).toBe(1);
    const loss = metrics.find(({ metric }: { metric: string }) => metric === "loss per token");
    expect(loss.jump).toEqual({ "ln scale": true, scale: true, order: true });
    expect(tasks[0].grade).toBe("jump only");
  });

  test("an artefact is foreseen by its tokens, not by itself", async () => {
    const { tasks } = await audited(join(folder, "mirage20.csv"));
    const [exact, , loss] = tasks[0].robustness.metrics;
    expect([exact.metric, exact.foreseen]).toEqual(["exact match", false]);
    expect([loss.metric, loss.foreseen]).toEqual(["loss per token", true]);
    expect(tasks[0].foreseen.at(2)).toMatchObject({ m: 5, inside: true });
  });
});

describe("what a table may lack", () => {
  const without = (...names: string[]) =>
    mirage20.scale
      .map((N, i) => ({
        scale: N,
        exact_match: mirage20.k[i] / 500,
        n: 500,
        token_accuracy: mirage20.p[i],
        length: 20,
      }))
      .map(row => JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))))
      .join("\n");

  test("a score per token: an unforeseen rise stays undetermined, and the reason says what to add", async () => {
    const { tasks } = await audited(file("counts.jsonl", without("token_accuracy")));
    expect(tasks[0].verdict).toBe("undetermined");
    expect(tasks[0].reasons.join(" ")).toContain("without a score per token");
  });

  test("exact match: the continuous metric alone shows no jump", async () => {
    const { tasks } = await audited(file("tokens.jsonl", without("exact_match", "n")));
    expect(tasks[0]).toMatchObject({ verdict: "no-jump", exact: null, audit: null });
  });

  test("a length, which --length gives; items, which --items gives", async () => {
    const path = file("no-length.jsonl", without("length", "n"));
    expect((await audited(path, "--length", "20", "--items", "500")).tasks[0].verdict).toBe("metric-artefact");
    const { tasks, notes } = await audited(path);
    expect(tasks[0].verdict).toBe("no-jump");
    expect(notes.join()).toContain("without a number of items is not audited");
  });

  test("scores in per cent and scales in words are numbers", async () => {
    const sizes = ["1M", "3.16M", "10M", "31.6M", "100M", "316M", "1B", "3.16B", "10B", "31.6B"];
    const rows = sizes.map((size, i) => [size, (100 * mirage20.k[i]) / 500, 500, mirage20.p[i], 20].join(","));
    const { tasks, notes } = await audited(file("percent.csv", `params,em,n,p,length\n${rows.join("\n")}`));
    expect(tasks[0].verdict).toBe("metric-artefact");
    expect(tasks[0].scale.at(-1)).toBe(31.6e9);
    expect(notes.join()).toContain("per cent");
    const both = sizes.map((size, i) => [size, (100 * mirage20.k[i]) / 500, 500, 100 * mirage20.p[i], 20].join(","));
    const again = await audited(file("both.csv", `params,em,n,token_accuracy,length\n${both.join("\n")}`));
    expect(again.tasks[0].verdict).toBe("metric-artefact");
    expect(again.notes.join()).toContain("token_accuracy up to");
  });
});

describe("what cannot be audited", () => {
  test.each([
    ["nothing.csv", "", "nothing.csv: no line"],
    ["header.csv", "scale,score\n", "no rows"],
    ["no-scale.csv", "model,accuracy\na,0.1\nb,0.2\n", "no column of scale among model, accuracy"],
    ["no-score.csv", "scale,model\n1,a\n2,b\n", "no scores among scale, model"],
    ["words.csv", "scale,em,n\nbig,0.1,10\n", 'row 1: scale is "big": needs a positive number'],
    ["negative.csv", "scale,em,n\n-1,0.1,10\n", "needs a positive number"],
    ["few.csv", "scale,em,n\n1,0,10\n2,0,10\n3,1,10\n", "3 scales: needs at least 6"],
    ["binary.bin", Uint8Array.from({ length: 64 }, (_, i) => (i * 37) % 256), "binary.bin: "],
    [
      "counts.csv",
      `scale,k\n${Array.from({ length: 8 }, (_, i) => `${i + 1},3`).join("\n")}`,
      "needs a column n, or --items",
    ],
    [
      "above.csv",
      `scale,k,n\n${Array.from({ length: 8 }, (_, i) => `${i + 1},30,10`).join("\n")}`,
      "a count between 0 and 10",
    ],
  ])("%s ends with code 2 and a line that says why", async (name, content, why) => {
    const { code, stdout, stderr } = await call(["audit", file(name, content)]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^landau: [^\n]*\n$/);
    expect(stderr).toContain(why);
  });

  test("a file that is not there, a task that is none, a column that is none", async () => {
    const path = join(folder, "mirage20.csv");
    for (const [words, why] of [
      [["audit", join(folder, "gone.csv")], "cannot read"],
      [["audit", path, "--task", "other"], 'no task "other": has all'],
      [["audit", path, "--scale", "width"], 'no column "width": has params, k, n, token_accuracy, length'],
      [["audit", path, "--continuous", "bleu"], 'no metric "bleu": has token_accuracy'],
      [["audit", path, "--chance", "2"], "chance is 2"],
    ] as const) {
      const { code, stderr } = await call(words);
      expect(code).toBe(2);
      expect(stderr).toContain(why);
    }
  });
});

test("the report holds the verdict, the pictures for both widths, and the call", async () => {
  const path = join(folder, "report", "audit.html");
  const table = resolve(import.meta.dirname, "../../examples/data/capability.csv");
  const { code, stdout } = await call(["audit", table, "--report", path]);
  expect(code).toBe(0);
  expect(stdout).toContain(`report: ${path}`);
  const page = readFileSync(path, "utf8");
  expect(page).toContain("an artefact of the metric: the jump is in exact match alone");
  expect(page.match(/<svg/g)).toHaveLength(12);
  expect(page).not.toMatch(/NaN|undefined/);
  expect(page).toContain("landau audit");
});
