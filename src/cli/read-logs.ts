import type { ReadLogsOptions } from "../lab/node/log-files.ts";
import type { TrainingLog } from "../logs/training/series.ts";
import { showWork } from "./progress/work-progress.ts";
import type { Terminal } from "./terminal.ts";

const MEGABYTE = 1e6;

/** The series of logs and of folders of them, with the progress of each file on the terminal. */
export const readLogs = async (
  terminal: Pick<Terminal, "stderr" | "env">,
  paths: readonly string[],
  options: Omit<ReadLogsOptions, "onBytes"> = {},
): Promise<TrainingLog> => {
  const { readLogs: read } = await import("../lab/node/log-files.ts");
  let shown: { readonly path: string; readonly work: ReturnType<typeof showWork> } | undefined;
  try {
    return await read(paths, {
      ...options,
      onBytes(path, bytes, total) {
        if (shown?.path !== path) {
          shown?.work.stop();
          shown = { path, work: showWork(terminal, { what: `reading ${path}`, unit: "MB", total: total / MEGABYTE }) };
        }
        shown.work.update(bytes / MEGABYTE);
      },
    });
  } finally {
    shown?.work.stop();
  }
};
