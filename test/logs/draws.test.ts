import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { readDrawsCsv } from "../../src/logs/draws-csv.ts";
import { readDrawsNpz } from "../../src/logs/draws-npz.ts";

const csv = (...texts: readonly string[]) =>
  readDrawsCsv(
    texts.map((text, i) => ({
      name: texts.length > 1 ? `c${i + 1}.csv` : "runs/mu.csv",
      bytes: new TextEncoder().encode(text),
    })),
  );

const seriesOf = (table: ReturnType<typeof csv>) =>
  Object.fromEntries(table.quantities.map(({ name, chains }) => [name, chains.map(chain => [...chain])]));

describe("CSV", () => {
  test("a column for each quantity, a column for the chain, and one for the draw", () => {
    const table = csv("chain,draw,mu,tau\n1,1,0.5,2\n1,2,0.6,3\n2,1,-0.5,2\n2,2,-0.6,4\n");
    expect(table).toMatchObject({ chains: 2, draws: 2, notes: [] });
    expect(seriesOf(table)).toEqual({
      mu: [
        [0.5, 0.6],
        [-0.5, -0.6],
      ],
      tau: [
        [2, 3],
        [2, 4],
      ],
    });
  });

  test("rows of different chains may be mixed, chains may have names, and draws need not be numbered", () => {
    const table = csv(".chain,x\nb,1\na,2\nb,3\na,4\n");
    expect(seriesOf(table)).toEqual({
      x: [
        [1, 3],
        [2, 4],
      ],
    });
  });

  test("a column for each chain of one quantity, named by the file, with a note that it was taken so", () => {
    const table = csv("1;2;3\n0.1;0.2;0.3\n1e1;NaN;-Inf\n");
    expect(table).toMatchObject({ chains: 3, draws: 2 });
    expect(seriesOf(table)).toEqual({
      mu: [
        [0.1, 10],
        [0.2, Number.NaN],
        [0.3, -Infinity],
      ],
    });
    expect(table.notes).toEqual(['there is no column "chain": every column is taken for a chain of one quantity']);
  });

  test("a file for each chain, as Stan writes it, comments and all", () => {
    const stan = (values: string) => `# model = m\nlp__,mu\n${values}# Elapsed Time: 1 s\n`;
    const table = csv(stan("-1,5\n-2,6\n"), stan("-3,7\n-4,8\n"));
    expect(seriesOf(table)).toEqual({
      lp__: [
        [-1, -2],
        [-3, -4],
      ],
      mu: [
        [5, 6],
        [7, 8],
      ],
    });
    expect(seriesOf(csv(stan("-1,5\n-2,6\n")))).toEqual({ lp__: [[-1, -2]], mu: [[5, 6]] });
  });

  test("a last line that breaks off is left out, with a note", () => {
    const table = csv("chain,a,b\n1,1,2\n1,3,4\n1,5");
    expect(table).toMatchObject({ draws: 2, notes: ["the last line of runs/mu.csv breaks off and is left out"] });
  });

  test.each<[string[], string]>([
    [["chain,mu\n1,x\n"], 'runs/mu.csv:2: column "mu" is "x": needs a number, NaN or Infinity'],
    [["chain,mu\n1,\n"], 'runs/mu.csv:2: column "mu" is "": needs a number'],
    [["chain,mu\n,1\n"], 'runs/mu.csv:2: column "chain" is "": needs the name or number of a chain'],
    [["chain,mu\n1,1\n1,2\n2,3\n"], "runs/mu.csv: chain 2 has 1 draws, chain 1 2: needs as many in each"],
    [["chain,draw,mu\n1,1,5\n1,3,5\n1,2,5\n"], 'runs/mu.csv:4: column "draw" is "2": needs a number above 3'],
    [["chain,draw,mu\n1,1,5\n1,1,5\n"], 'runs/mu.csv:3: column "draw" is "1": needs a number above 1'],
    [["chain,draw\n1,1\n"], "runs/mu.csv: no column with a quantity, besides chain and draw"],
    [["chain,mu\n"], "runs/mu.csv: no draws: needs rows below the header"],
    [["a,b\n"], "runs/mu.csv: no draws: needs rows below the header"],
    [["a,b\n1,2\n", "a,c\n1,2\n"], "c2.csv: its columns differ from those of c1.csv"],
    [["a,b\n1,2\n", "a,b\n1,2\n3,4\n"], "c2.csv: 2 draws: needs 1, as c1.csv has"],
  ])("refused: %j", (texts, message) => {
    expect(() => csv(...texts)).toThrow(message);
  });
});

describe("npz", () => {
  const npz = (arrays: { readonly [name: string]: readonly number[] }) =>
    readDrawsNpz(
      packNpz(
        Object.fromEntries(
          Object.entries(arrays).map(([name, shape]) => [
            name,
            { shape, data: Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i) },
          ]),
        ),
      ),
      "d.npz",
    );

  test("chains x draws is a quantity, and further axes are its entries", () => {
    const table = npz({ mu: [2, 3], W: [2, 3, 1, 2] });
    expect(table).toMatchObject({ chains: 2, draws: 3 });
    expect(
      Object.fromEntries(table.quantities.map(({ name, chains }) => [name, chains.map(chain => [...chain])])),
    ).toEqual({
      mu: [
        [0, 1, 2],
        [3, 4, 5],
      ],
      "W[0,0]": [
        [0, 2, 4],
        [6, 8, 10],
      ],
      "W[0,1]": [
        [1, 3, 5],
        [7, 9, 11],
      ],
    });
  });

  test.each<[{ readonly [name: string]: readonly number[] }, string]>([
    [{}, "d.npz: no arrays"],
    [{ mu: [5] }, "d.npz: mu: shape (5,): needs chains x draws; a single chain is x.reshape(1, -1)"],
    [{ mu: [0, 5] }, "d.npz: mu: shape (0, 5): needs at least one draw"],
    [{ mu: [100, 4] }, "d.npz: mu: shape (100, 4): 100 chains of 4 draws: needs chains x draws; transpose"],
    [{ mu: [2, 3], tau: [2, 4] }, "d.npz: tau: 2 chains x 4 draws: needs 2 x 3, as mu has"],
  ])("refused: %o", (arrays, message) => {
    expect(() => npz(arrays)).toThrow(message);
  });
});

test("any text: a table whose series are of one length, or a LandauError", () => {
  const part = fc.constantFrom(
    "chain",
    "draw",
    "mu",
    "lp__",
    "1",
    "2",
    "-0.5",
    "NaN",
    "x",
    ",",
    ",",
    ",",
    "\n",
    "\n",
    '"',
    "#",
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.array(part).map(parts => parts.join("")),
        { minLength: 1, maxLength: 3 },
      ),
      texts => {
        try {
          const table = csv(...texts);
          for (const { chains } of table.quantities) {
            expect(chains.length).toBe(table.chains);
            for (const chain of chains) expect(chain.length).toBe(table.draws);
          }
        } catch (error) {
          expect(error).toMatchObject({ name: "LandauError", kind: "input" });
        }
      },
    ),
    { numRuns: 2000, seed: 6 },
  );
});
