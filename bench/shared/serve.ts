import { createInterface } from "node:readline";

/** One thing to be timed, with its data already in memory. */
export interface Workload {
  /** How many units (evaluations, steps) one call makes. */
  readonly units: number;
  /** Numbers that every engine must agree on. */
  check(): readonly number[];
  run(calls: number): void;
}

/** `key` names an open workload; opening one under the same key replaces it. */
type Request = { readonly key: string } & (
  | { readonly do: "open"; readonly workload: string; readonly settings: never }
  | { readonly do: "check" | "close" }
  | { readonly do: "time"; readonly seconds: number }
);

/**
 * Answers requests on standard input, one JSON object per line, with one line each; serve.py does the same. A time is CPU
 * time of the whole process, in microseconds per unit, over enough calls to last `seconds`.
 */
export const serve = <S>(versions: object, workloads: { readonly [name: string]: (settings: S) => Workload }): void => {
  /** `calls` is what the last measurement needed, so that the next one starts there. */
  const open = new Map<string, { readonly workload: Workload; calls: number }>();

  const answer = (request: Request): unknown => {
    switch (request.do) {
      case "open":
        open.set(request.key, { workload: workloads[request.workload](request.settings), calls: 1 });
        return null;
      case "check":
        return open.get(request.key)!.workload.check();
      case "time":
        return time(open.get(request.key)!, request.seconds);
      case "close":
        open.delete(request.key);
        return null;
    }
  };

  const time = (entry: { readonly workload: Workload; calls: number }, seconds: number): number => {
    for (;;) {
      const before = process.cpuUsage();
      entry.workload.run(entry.calls);
      const { user, system } = process.cpuUsage(before);
      const spent = (user + system) / 1e6;
      if (spent >= seconds) return (user + system) / (entry.calls * entry.workload.units);
      entry.calls = Math.ceil(entry.calls * Math.min(10, Math.max(1.2, (1.2 * seconds) / Math.max(spent, 1e-6))));
    }
  };

  const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
  say({ value: versions });
  createInterface({ input: process.stdin }).on("line", line => {
    try {
      say({ value: answer(JSON.parse(line)) });
    } catch (error) {
      say({ error: String(error) });
    }
  });
};
