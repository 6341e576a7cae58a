/** What needs Node: run folders, worker threads, reports. Everything else is in "landau". */

export { fastModes } from "./lab/node/fast-modes.ts";
export { type ReadLogsOptions, readLogs } from "./lab/node/log-files.ts";
export type { Check as GradientCheck } from "./lab/node/python/check-gradient.ts";
export { type PythonModel, type PythonOptions, pythonModel } from "./lab/node/python/model.ts";
export { type Extension, extendRun, type RunOptions, resumeRun, type StartOptions, startRun } from "./lab/node/run.ts";
export { listRuns, type Run, type RunStatus, type RunSummary, readRun } from "./lab/node/runs.ts";
export { threadExecutor } from "./lab/node/threads.ts";
export type { RunData } from "./report/run-data.ts";
export { writeReport } from "./report/write.ts";
