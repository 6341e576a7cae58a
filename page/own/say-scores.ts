import { isLandauError } from "../../src/errors.ts";
import { readCapability } from "../../src/logs/capability/read-capability.ts";
import { exactChart, foreseenChart, lossChart } from "../../src/report/audit-charts.ts";
import { auditTask } from "../../src/transitions/emergence/audit-task.ts";
import { verdictWords } from "../../src/transitions/emergence/task-verdict.ts";
import type { Said } from "../workers/file-messages.ts";

/** What `landau audit` says of a table of scores. */
export const sayScores = async (
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  say: (said: Said) => void,
): Promise<void> => {
  const { tasks, notes } = await readCapability(bytes, name, {});
  if (notes.length > 0) say({ title: name, lines: notes });
  for (const task of tasks)
    try {
      const audit = auditTask(task, {});
      const charts = [exactChart(audit), lossChart(audit), foreseenChart(audit)];
      say({
        title: `${audit.task}: ${verdictWords[audit.verdict]}`,
        lines: audit.reasons,
        charts: charts.filter(chart => chart !== undefined),
      });
    } catch (error) {
      if (!isLandauError(error)) throw error;
      say({ title: task.task, lines: [`${error.message}: left out`] });
    }
};
