import { judge, type System } from "../../src/contracts/index.ts";
import type { RunData } from "../../src/report/run-data.ts";
import { syntheticRun } from "../systems/superposition/synthetic-run.ts";

const routes = { measured: "quadrature of the loss", predicted: "the closed form", kind: "formula" } as const;

/** A system with one claim for each outcome, and strings that would break a page that does not escape. */
export const system: System = {
  name: "superposition",
  title: "Toy model of superposition",
  summary: "An autoencoder with more features than hidden dimensions.",
  source: { citation: "A. Author, A title (2023)", url: "https://example.org/paper?a=1&b=2" },
  theory: {},
  protocols: {},
  studies: [],
  claims: [
    { id: "levels-exact", where: "Table A.1", statement: "Levels lie where the closed form says.", outcome: 0 },
    { id: "mostly-4-gons", where: "section 5", statement: "Most runs end at 4, 4+ or 4++.", outcome: 1 },
    {
      id: "hostile",
      where: "<script>alert(1)</script>",
      statement: 'A statement with <b>tags</b> & "quotes".',
      outcome: 2,
    },
  ].map(({ outcome: _, ...claim }) => ({ ...claim, routes, studies: [], measure: () => [] })),
  vectors: {},
};

const comparisons = [
  Array.from({ length: 12 }, (_, i) => ({
    quantity: `level ${i}`,
    measured: 0.1 + i / 100 + 2e-14,
    predicted: 0.1 + i / 100,
    tolerance: 1e-12,
  })),
  [
    {
      quantity: "ends at 4, 4+ or 4++",
      measured: 0.55,
      interval: [0.42, 0.67] as const,
      predicted: [0.6, 0.92] as const,
      members: 60,
    },
  ],
  [{ quantity: "<img src=x onerror=alert(1)>", measured: 3, predicted: 0, tolerance: 0, members: 40 }],
];

export const runData = (chains: number): RunData => {
  const run = syntheticRun(chains);
  return {
    id: "superposition-quick-1f3a",
    created: "2026-11-24T12:00:00Z",
    command: 'landau reproduce superposition --quick --name "<i>"',
    versions: { landau: "0.1.0", node: "20.20.2" },
    seed: 1,
    contentHash: "blake3:0123456789abcdef",
    spec: { studies: run.studies },
    verdicts: system.claims.map((claim, index) => judge(claim, comparisons[index]!)),
    records: run.records,
  };
};
