import { spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";

/** Everything that numerical libraries read to decide how many threads they start. */
const ONE_THREAD = {
  OMP_NUM_THREADS: "1",
  OPENBLAS_NUM_THREADS: "1",
  MKL_NUM_THREADS: "1",
  XLA_FLAGS: "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
  JAX_PLATFORMS: "cpu",
};

const core = String(availableParallelism() - 1);
/** Whether a process can be bound to one core here. */
export const bound = spawnSync("taskset", ["-c", core, "true"]).status === 0;

/**
 * Starts a process that speaks the protocol of serve.ts and serve.py, bound to one core where the machine can do that.
 * Requests are answered in order; `versions` is what it said about itself. `environment` has variables of its own.
 */
export const startEngine = async (name, command, parameters, environment = {}) => {
  const [program, ...rest] = [...(bound ? ["taskset", "-c", core] : []), command, ...parameters];
  const child = spawn(program, rest, {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...process.env,
      ...environment,
      ...ONE_THREAD,
      PYTHONPATH: import.meta.dirname,
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  const waiting = [];
  const fail = reason => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`${name}: ${reason}`));
  };
  child.on("error", error => fail(error.message));
  child.on("exit", code => fail(`ended early with code ${code}`));
  child.stdin.on("error", () => {});
  createInterface({ input: child.stdout }).on("line", line => {
    const { value, error } = JSON.parse(line);
    const { resolve, reject } = waiting.shift();
    if (error) reject(new Error(`${name}: ${error}`));
    else resolve(value);
  });
  const next = () => new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  const ask = request => {
    const answer = next();
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return answer;
  };
  const versions = await next();
  return { name, versions, ask, stop: () => child.kill() };
};

/** One workload of an engine; a time is measured over at least so many CPU seconds. */
export const openWorkload = async (engine, key, workload, settings, seconds) => {
  await engine.ask({ do: "open", key, workload, settings });
  return {
    check: () => engine.ask({ do: "check", key }),
    time: () => engine.ask({ do: "time", key, seconds }),
    close: () => engine.ask({ do: "close", key }),
  };
};
