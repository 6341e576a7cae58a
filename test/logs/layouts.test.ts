import { describe, expect, test } from "vitest";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { readDrawsCsv } from "../../src/logs/draws-csv.ts";
import { readDrawsNpz } from "../../src/logs/draws-npz.ts";
import { stream } from "../../src/numerics/stream.ts";
import { summarise } from "../../src/sampling/diagnostics/summary.ts";

const [CHAINS, DRAWS] = [4, 50];
const names = ["mu", "tau"];
/** Of each quantity, the chains. */
const draws = names.map((_, q) =>
  Array.from({ length: CHAINS }, (_, chain) => {
    const values = new Float64Array(DRAWS);
    stream({ seed: q, chain, purpose: "draws" }).normals(values);
    return values;
  }),
);
const each = <T>(of: (chain: number, draw: number) => T): T[] =>
  Array.from({ length: CHAINS * DRAWS }, (_, i) => of(Math.floor(i / DRAWS), i % DRAWS));
const cells = (c: number, d: number): string => draws.map(chains => chains[c][d]).join(",");
const table = (header: string, row: (c: number, d: number) => string): string => `${header}\n${each(row).join("\n")}\n`;
const file = (c: number, header = "mu,tau", row = cells): string =>
  `${header}\n${Array.from({ length: DRAWS }, (_, d) => row(c, d)).join("\n")}\n`;
const chains = Array.from({ length: CHAINS }, (_, c) => c);

const stan = (c: number): string =>
  [
    "# stan_version_major = 2",
    "# method = sample (Default)",
    "# num_samples = 50",
    "# num_warmup = 20",
    "# save_warmup = true",
    "# thin = 2",
    `# id = ${c + 1}`,
    "lp__,divergent__,mu,tau",
    ...Array.from({ length: 10 }, () => "-9,0,100,100"),
    "# Adaptation terminated",
    "# Step size = 0.8",
    ...Array.from({ length: DRAWS }, (_, d) => `-1,${d === 3 ? 1 : 0},${cells(c, d)}`),
    "# ",
    "#  Elapsed Time: 0.01 seconds (Warm-up)",
    "",
  ].join("\n");

const layouts: { readonly [name: string]: readonly string[] } = {
  "a column chain": [table("chain,mu,tau", (c, d) => `${c},${cells(c, d)}`)],
  "chain and draw, rows of chains in turns": [
    `chain,draw,mu,tau\n${Array.from({ length: DRAWS * CHAINS }, (_, i) => `${i % CHAINS},${Math.floor(i / CHAINS)},${cells(i % CHAINS, Math.floor(i / CHAINS))}`).join("\n")}`,
  ],
  "posterior in R, beside lp__": [
    table("lp__,mu,tau,.chain,.iteration,.draw", (c, d) => `-1,${cells(c, d)},${c + 1},${d + 1},${c * DRAWS + d + 1}`),
  ],
  CmdStanPy: [
    table("chain__,iter__,draw__,mu,tau", (c, d) => `${c + 1}.0,${d + 1}.0,${c * DRAWS + d + 1}.0,${cells(c, d)}`),
  ],
  "R's write.csv": [table('"","chain","mu","tau"', (c, d) => `"${c * DRAWS + d + 1}","c${c}",${cells(c, d)}`)],
  "R's write.table": [
    table('"chain" "mu" "tau"', (c, d) => `"${c * DRAWS + d + 1}" ${c} ${cells(c, d).replace(",", " ")}`),
  ],
  "pandas, an index that begins anew": [table(",mu,tau", (c, d) => `${d},${cells(c, d)}`)],
  "ArviZ's to_dataframe": [
    table(
      `chain,draw,"('posterior', 'mu')","('posterior', 'tau')","('sample_stats', 'diverging')"`,
      (c, d) => `${c},${d},${cells(c, d)},False`,
    ),
  ],
  "ArviZ's to_dataframe of one group, with an entry of an array beside": [
    table(`,chain,draw,mu,tau,"('theta[0]', 0)"`, (c, d) => `${c * DRAWS + d},${c},${d},${cells(c, d)},0.${d}`),
  ],
  "a counter that begins anew": [table("iteration,mu,tau", (c, d) => `${d},${cells(c, d)}`)],
  "semicolons, a byte-order mark, Windows' lines": [
    `\uFEFF${table("chain;mu;tau", (c, d) => `${c};${cells(c, d).replace(",", ";")}`).replaceAll("\n", "\r\n")}`,
  ],
  "a file for each chain": chains.map(c => file(c)),
  "files with their columns in another order": chains.map(c =>
    c === 2 ? file(c, "tau,mu", (c, d) => cells(c, d).split(",").reverse().join(",")) : file(c),
  ),
  "a file for each chain, each with its number": chains.map(c =>
    file(c, "chain,mu,tau", (c, d) => `${c},${cells(c, d)}`),
  ),
  "files that numpy.savetxt wrote": chains.map(
    c => `# mu tau\n${file(c, "", (c, d) => cells(c, d).replace(",", " ")).trimStart()}`,
  ),
  "Stan with saved warm-up": chains.map(stan),
  "files of Stan, joined": [chains.map(stan).join("")],
  "words, blanks and booleans beside": [
    table("chain,model,mu,tau,flag", (c, d) => `${c},m1,${cells(c, d)},${d % 2 ? "True" : "false"}`),
  ],
};

const csv = (texts: readonly string[], only?: readonly string[]) =>
  readDrawsCsv(
    texts.map((text, i) => ({ name: `c${i + 1}.csv`, bytes: new TextEncoder().encode(text) })),
    { only },
  );

describe("the same draws in each layout give the same numbers", () => {
  const expected = names.map((name, q) => summarise(name, draws[q]));
  const quantitiesOf = (found: ReturnType<typeof csv>) =>
    found.quantities.filter(({ name }) => names.includes(name)).map(({ name, chains }) => summarise(name, chains));

  test.each(Object.entries(layouts))("%s", (_name, texts) => {
    const found = csv(texts);
    expect([found.chains, found.draws]).toEqual([CHAINS, DRAWS]);
    expect(quantitiesOf(found)).toEqual(expected);
    expect(csv(texts, ["tau"]).quantities.map(({ name, chains }) => summarise(name, chains))).toEqual([expected[1]]);
  });

  test("npz", () => {
    const arrays = Object.fromEntries(
      names.map((name, q) => [
        name,
        { shape: [CHAINS, DRAWS], data: Float64Array.from(draws[q].flatMap(chain => [...chain])) },
      ]),
    );
    expect(quantitiesOf(readDrawsNpz(packNpz(arrays), "d.npz"))).toEqual(expected);
    // What stands beside the draws does no harm.
    const more = {
      ...arrays,
      step: { shape: [], data: Float64Array.of(1) },
      mass: { shape: [4], data: new Float64Array(4) },
    };
    const found = readDrawsNpz(packNpz(more), "d.npz");
    expect(quantitiesOf(found)).toEqual(expected);
    expect(found.notes).toEqual([
      "left out: step: shape (): a single number: needs chains x draws",
      "left out: mass: shape (4,): needs chains x draws; a single chain is x.reshape(1, -1)",
    ]);
  });

  test.each([
    ["named as chains", "chain:1,chain:2,chain:3,chain:4"],
    ["with the names of pandas", "0,1,2,3"],
    ["with the names of R", "V1,V2,V3,V4"],
    ["without names", ""],
  ])("one quantity, a column for each chain, %s", (_name, header) => {
    const text = Array.from({ length: DRAWS }, (_, d) => draws[0].map(chain => chain[d]).join(",")).join("\n");
    const found = csv([header === "" ? text : `${header}\n${text}`]);
    expect([found.chains, found.draws]).toEqual([CHAINS, DRAWS]);
    expect(summarise("mu", found.quantities[0].chains)).toEqual(expected[0]);
  });

  test.each([
    ["a column that counts", (d: number) => `${d},`, "draw,mu,tau"],
    ["names of quantities alone", () => "", "mu,tau"],
  ])("one chain of several quantities: %s", (_name, before, header) => {
    const text = `${header}\n${Array.from({ length: DRAWS }, (_, d) => `${before(d)}${cells(0, d)}`).join("\n")}\n`;
    const found = csv([text]);
    expect([found.chains, found.quantities.map(({ name }) => name)]).toEqual([1, names]);
    expect([...found.quantities[1].chains[0]]).toEqual([...draws[1][0]]);
  });
});

test("Stan: what the comments say is used, and said", () => {
  const found = csv(layouts["Stan with saved warm-up"]);
  expect(found.sampler!.divergent!.map(chain => Array.from(chain).indexOf(1))).toEqual([3, 3, 3, 3]);
  expect(found.notes).toContain("warm-up is left out: the first 10 rows of each chain");
  expect(found.notes).toContain("thin = 2: the file has one draw in 2");
  const cut = csv([stan(0).split("\n").slice(0, 40).join("\n")]);
  expect(cut.notes.join()).toMatch(/holds 20 of the 25 draws/);
});

test("Stan: a fixed parameter has no warm-up, and a run that was cut in its warm-up no draws", () => {
  const rows = Array.from({ length: 30 }, (_, d) => `0,1,${cells(0, d)}`).join("\n");
  const file = (algorithm: string) =>
    `# stan_version_major = 2\n# method = sample\n# num_samples = 30\n# num_warmup = 20\n# save_warmup = true\n# algorithm = ${algorithm}\nlp__,accept_stat__,mu,tau\n${rows}\n`;
  expect(csv([file("fixed_param")])).toMatchObject({ chains: 1, draws: 30 });
  expect(csv([file("hmc")])).toMatchObject({ chains: 1, draws: 10 });
  expect(() => csv([file("hmc").replace("= 20", "= 50")])).toThrow("c1.csv: all of its rows are warm-up");
});

describe("hints that contradict each other stop the reading", () => {
  const numbers = "1,2.5,3,4,5,6";
  test.each<[string, readonly string[], string]>([
    [
      "two files that say one chain",
      [file(0, "chain,mu,tau", (_, d) => `1,${cells(0, d)}`), file(1, "chain,mu,tau", (_, d) => `1,${cells(1, d)}`)],
      "c2.csv: chain 1 stands in c1.csv too",
    ],
    [
      "columns named as chains in several files",
      [file(0, "1,2"), file(1, "1,2")],
      "named as chains, but there are several files",
    ],
    [
      "columns named as chains in rows of chains",
      [table("chain,1,2", (c, d) => `${c},${cells(c, d)}`)],
      "the rows hold several chains too",
    ],
    [
      "two columns for the chain",
      [table("chain,.chain,mu,tau", (c, d) => `${c},${d},${cells(c, d)}`)],
      "contradict each other",
    ],
    [
      "two columns for the chain, one of which changes within the other",
      ["chain,.chain,mu\n0,0,1\n0,1,2\n1,1,3\n1,1,4\n"],
      "chain is 0 here and on line 2, but .chain 1 here and 0 there",
    ],
    [
      "chains below each other of other lengths",
      ["iteration,mu\n1,1\n2,2\n3,3\n1,4\n2,5\n"],
      "chain 2 has 2 draws, chain 1 3",
    ],
    ["two counters", ["draw,iter,mu\n1,1,0\n2,2,1\n3,1,2\n1,2,3\n2,3,4\n3,4,5\n"], "begin anew on different lines"],
    ["columns without names of other ranges", ["1.5,100.1\n2.5,101.2\n3.5,102.3\n"], "too different for chains"],
    [
      "a name for chain and quantity",
      [`1.mu,2.mu,1.tau,2.tau\n${numbers.slice(0, 9)}\n`],
      "named by chain and quantity",
    ],
    [
      "chains of different models",
      [stan(0).replace("# thin", "# model = a\n# thin"), stan(1).replace("# thin", "# model = b\n# thin")],
      "c2.csv: its comments say model = b, those of c1.csv a",
    ],
    [
      "a nameless column that is no index",
      [",mu\n0.5,1\n0.25,2\n"],
      "column 1 has no name and does not count the rows",
    ],
    ["a training log", ["step,loss\n1,2\n2,1.5\n"], "c1.csv: a training log (columns step and loss)"],
    ["a table for order", ["control,size,sample\n1,2,3\n"], "use landau order c1.csv"],
    [
      "xarray's rows for the entries of an array",
      ["chain,draw,theta_dim_0,theta\n0,0,0,1\n0,0,1,2\n"],
      "a row for each draw of each entry of an array (column theta_dim_0)",
    ],
    [
      "decimal commas",
      ["chain;mu\n1;0,5\n1;1,5\n"],
      'column "mu" is "0,5": needs a number, NaN or Infinity with a decimal point',
    ],
    ["a row for each quantity", ["chain,draw,variable,value\n1,1,mu,2\n"], "a row for each draw of each quantity"],
    [
      "an optimisation of Stan",
      ["# stan_version_major = 2\n# method = optimize\nlp__,mu\n-1,2\n"],
      "Stan's method is optimize",
    ],
  ])("%s", (_name, texts, message) => {
    expect(() => csv(texts)).toThrow(message);
  });
});

test("entries of an array have plain names, however ArviZ writes them", () => {
  const names = (header: string) => csv([`${header}\n0,0,1,2\n0,1,2,3\n`]).quantities.map(({ name }) => name);
  expect(names(`chain,draw,mu,"('theta[0]', 0)"`)).toEqual(["mu", "theta[0]"]);
  expect(names(`chain,draw,"('posterior', 'mu')","('posterior', 'theta[1,0]', 1, 0)"`)).toEqual(["mu", "theta[1,0]"]);
});
