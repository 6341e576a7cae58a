import { type ChildProcess, execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { startDaemon } from "./daemon.ts";
import { freePorts } from "./free-ports.ts";
import { emptyFolder } from "./scratch.ts";

/** A Slurm of our own on this machine, with its own ports, keys and folders: one node that says it has `cpus` processors. */
export interface SlurmCluster {
  /** What its commands need in their environment. */
  readonly env: { readonly [name: string]: string };
  /**
   * Kills the controller, and starts it again. From then on a node that it closes, as it finds jobs there that it has forgotten, is opened again, as who looks after a
   * cluster does.
   */
  restartController(): Promise<void>;
  /** Ends all that was started, jobs included. */
  stop(): void;
}

const places = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
const programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol"];

/** Why there is none; undefined where Debian's slurm-wlm and munge are installed and this is root. */
export const slurmMissing = (): string | undefined => {
  const missing = programs.filter(name => !places.some(place => existsSync(join(place, name))));
  if (missing.length > 0) return `${missing.join(", ")} not installed (apt install slurm-wlm munge)`;
  return process.getuid?.() === 0 ? undefined : "only root may start Slurm's daemons";
};

/** Daemons, their children and jobs: all that have the path of the cluster's settings in their environment. */
const processesOf = (conf: string): readonly number[] =>
  readdirSync("/proc")
    .map(Number)
    .filter(pid => {
      if (!(pid > 0) || pid === process.pid) return false;
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`SLURM_CONF=${conf}`);
      } catch {
        return false;
      }
    });

const endProcess = (pid: number): void => {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
};

const wait = (milliseconds: number): Promise<void> => new Promise(done => setTimeout(done, milliseconds));

interface SlurmSettings {
  readonly cpus?: number;
  readonly maxArraySize?: number;
}

/** Starts one; another test may have taken a port meanwhile, so that it is tried more than once. Rejects when it does not start. */
export const startSlurm = async (settings: SlurmSettings = {}): Promise<SlurmCluster> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(settings);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
};

const startOnce = async ({ cpus = 16, maxArraySize = 1001 }: SlurmSettings): Promise<SlurmCluster> => {
  const folder = emptyFolder();
  const at = (name: string) => join(folder, name);
  for (const name of ["state", "spool", "munge"]) mkdirSync(at(name), { mode: 0o700 });
  const [controller, daemon] = await freePorts(2);
  const host = execFileSync("hostname", ["-s"], { encoding: "utf8" }).trim();
  writeFileSync(at("munge/key"), Buffer.alloc(128, folder), { mode: 0o400 });
  const conf = at("slurm.conf");
  writeFileSync(
    conf,
    `ClusterName=landau
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
SlurmctldPort=${controller}
SlurmdPort=${daemon}
AuthType=auth/munge
AuthInfo=socket=${at("munge/socket")}
StateSaveLocation=${at("state")}
SlurmdSpoolDir=${at("spool")}
SlurmctldPidFile=${at("slurmctld.pid")}
SlurmdPidFile=${at("slurmd.pid")}
SlurmctldLogFile=${at("slurmctld.log")}
SlurmdLogFile=${at("slurmd.log")}
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=0
ReturnToService=2
MaxArraySize=${maxArraySize}
MaxJobCount=20000
NodeName=${host} NodeAddr=127.0.0.1 CPUs=${cpus} State=UNKNOWN
PartitionName=all Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`,
  );
  const env = { SLURM_CONF: conf };
  const find = (name: string) => join(places.find(place => existsSync(join(place, name)))!, name);
  const children = new Map<string, ChildProcess>();
  const start = (name: string, words: readonly string[]) => {
    const output = openSync(at(`${name}.out`), "a");
    children.set(
      name,
      startDaemon(find(name), words, { env: { ...process.env, ...env }, stdio: ["ignore", output, output] }),
    );
  };
  const kill = (name: string) => void children.get(name)?.kill("SIGKILL");
  start("munged", [
    ...["--foreground", "--force", `--socket=${at("munge/socket")}`, `--key-file=${at("munge/key")}`],
    ...[`--pid-file=${at("munge/pid")}`, `--log-file=${at("munge/log")}`, `--seed-file=${at("munge/seed")}`],
  ]);
  for (let i = 0; i < 100 && !existsSync(at("munge/socket")); i++) await wait(50);
  start("slurmctld", ["-D", "-f", conf]);
  start("slurmd", ["-D", "-f", conf, "-N", host]);
  let keeper: NodeJS.Timeout | undefined;
  const stop = () => {
    clearInterval(keeper);
    for (const name of ["slurmd", "slurmctld", "munged"]) kill(name);
    for (const pid of processesOf(conf)) endProcess(pid);
  };
  process.once("exit", stop);
  for (let i = 0; ; i++) {
    try {
      const state = execFileSync("sinfo", ["-h", "-o", "%T"], {
        env: { ...process.env, ...env },
        encoding: "utf8",
        stdio: "pipe",
      });
      if (state.trim() === "idle") break;
    } catch {
      // Not up yet.
    }
    const ended = [...children].find(([, child]) => child.exitCode !== null);
    if (ended || i === 200) {
      stop();
      throw new Error(`Slurm did not start${ended ? `: ${ended[0]} ended with code ${ended[1].exitCode}` : ""}`);
    }
    await wait(100);
  }
  return {
    env,
    async restartController() {
      kill("slurmctld");
      await wait(200);
      start("slurmctld", ["-D", "-f", conf]);
      const openNode = () =>
        execFile("sinfo", ["-h", "-o", "%T"], { env: { ...process.env, ...env } }, (_, state) => {
          if (/drain/.test(state))
            execFile(
              "scontrol",
              ["update", `NodeName=${host}`, "State=RESUME"],
              { env: { ...process.env, ...env } },
              () => {},
            );
        });
      keeper ??= setInterval(openNode, 1000).unref();
    },
    stop,
  };
};
