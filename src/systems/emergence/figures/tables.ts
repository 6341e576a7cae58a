import type { Table } from "../../../charts/exhibits.ts";
import { emergenceAudit } from "../../../transitions/emergence/audit.ts";
import { workedTables } from "../model/worked-tables.ts";

export const workedTable: Table = {
  name: "worked",
  title: "Four tables of which it is known what they are",
  needs: [],
  columns: [
    { label: "table" },
    { label: "tokens", numeric: true },
    { label: "exact matches of 500, by scale" },
    { label: "verdict" },
    { label: "length ratio", numeric: true },
    { label: "Delta BIC of a jump", numeric: true },
    { label: "breakthroughness", numeric: true },
  ],
  caption: () =>
    "Theory: ten scales from 1e6 to 3.2e10, and what the audit says. The first two share one accuracy per token, a power law of the loss; in the third it jumps; the fourth has targets of one token. Breakthroughness tells the first from the second only.",
  rows: () =>
    Object.entries(workedTables).map(([name, table]) => {
      const { verdict, ratio, deltaJump, breakthroughness } = emergenceAudit(table);
      return [
        name,
        String(table.length),
        table.k.join(" "),
        verdict,
        ratio.toFixed(4),
        deltaJump.toFixed(2),
        breakthroughness.toFixed(1),
      ];
    }),
};
