import type { Table } from "../../../charts/exhibits.ts";
import { countLabels } from "../../../protocols/records.ts";
import { judgements } from "../claims/order.ts";
import { allJudged } from "../claims/studies.ts";
import { criticalPoint } from "../theory/critical.ts";

const digits = (value: number | null): string => (value === null ? "–" : value.toFixed(6));

export const criticalTable: Table = {
  name: "critical-decays",
  title: "Critical decays by depth, N = kappa = 1",
  needs: [],
  columns: ["D", "order", "gamma*", "spinodal", "s*", "v*", "latent heat", "barrier"].map(label => ({
    label,
    numeric: true,
  })),
  caption: () => "Closed forms. Order 0 stands for no transition, 1 for a jump, 2 for a continuous transition.",
  rows: () =>
    [0, 1, 2, 3, 4, 5, 8].map(D => {
      const { order, gamma_c, gamma_spinodal_up, s_jump, v_jump, latent, barrier } = criticalPoint({
        D,
        N: 1,
        kappa: 1,
      });
      return [String(D), String(order), ...[gamma_c, gamma_spinodal_up, s_jump, v_jump, latent, barrier].map(digits)];
    }),
};

export const verdictTable: Table = {
  name: "orders",
  title: "Orders from sweeps alone",
  needs: [],
  columns: [
    { label: "study" },
    { label: "theory" },
    { label: "verdicts" },
    { label: "confidence" },
    { label: "where", numeric: true },
  ],
  caption: () =>
    "The instrument sees the control, the direction, the pace and the norm of the layers, nothing of the network. One verdict for each random start.",
  rows: run =>
    allJudged.flatMap(judged => {
      const answers = judgements(run, judged);
      const [first] = answers;
      if (!first) return [];
      const counts = countLabels(answers.map(({ verdict }) => ({ label: verdict })));
      const verdicts = [...counts].map(([verdict, count]) => `${verdict}: ${count}`).join(", ");
      return [[judged.sweep.name, judged.order, verdicts, first.confidence, first.where?.control.toFixed(3) ?? "–"]];
    }),
};
