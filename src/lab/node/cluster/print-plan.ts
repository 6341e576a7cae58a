import { callText, shellWord } from "../../../call-text.ts";
import { landauVersion } from "../versions.ts";
import { TASK_LIST } from "./task-list.ts";

/** What runs the tasks of a run folder by programs that Landau knows nothing of but how they are called. */
export const printed = ["hyperqueue", "parallel", "make", "kubernetes"] as const;
export type Printed = (typeof printed)[number];

export interface PrintedRun {
  readonly folder: string;
  readonly id: string;
  readonly tasks: number;
  /** Parts in which the tasks are handed out. */
  readonly shards: number;
}

const work = (folder: string, words: string): string => callText(`work ${shellWord(folder)} --workers 1 ${words}`);
const gather = (folder: string): string => callText(`gather ${shellWord(folder)}`);

/** Inside the single quotes of a shell. */
const inQuotes = (command: string): string => `'${command.replaceAll("'", "'\\''")}'`;

const hyperqueue = ({ folder, shards }: PrintedRun): string =>
  `hq submit --wait --array=1-${shards} --cpus=1 -- bash -c ${inQuotes(
    `exec ${work(folder, `--shard "$HQ_TASK_ID/${shards}"`)}`,
  )} && ${gather(folder)}\n`;

const parallel = ({ folder, tasks, shards }: PrintedRun): string =>
  `parallel --pipe -N ${Math.ceil(tasks / shards)} ${inQuotes(work(folder, "--tasks -"))} < ${shellWord(
    `${folder}/${TASK_LIST}`,
  )} && ${gather(folder)}\n`;

/** In a Makefile a dollar sign is written twice. */
const make = ({ folder, shards }: PrintedRun): string => {
  const doubled = (command: string) => command.replaceAll("$", "$$$$");
  return [
    "# make -k -j 8 -f THIS_FILE",
    `SHARDS := $(shell seq 1 ${shards})`,
    "TARGETS := $(SHARDS:%=shard-%)",
    ".PHONY: gather $(TARGETS)",
    "gather: $(TARGETS)",
    `\t${doubled(gather(folder))}`,
    "$(TARGETS): shard-%:",
    `\t${doubled(work(folder, "--shard "))}$*/${shards}`,
    "",
  ].join("\n");
};

/** An indexed job: each of its pods has one shard, and a pod that is lost starts again. The folder is a volume that all pods share. */
const kubernetes = ({ id, shards }: PrintedRun): string => {
  const name = `landau-${id}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .slice(0, 50)
    .replace(/-+$/, "");
  const command = `exec npx --yes landau@${landauVersion()} work /runs/${id} --workers 1 --shard $((JOB_COMPLETION_INDEX + 1))/${shards}`;
  return `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
spec:
  completionMode: Indexed
  completions: ${shards}
  parallelism: ${Math.min(shards, 50)}
  backoffLimitPerIndex: 10
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: work
          image: node:20
          command: ["bash", "-c", ${JSON.stringify(command)}]
          resources:
            requests: { cpu: "1", memory: 512Mi }
          volumeMounts:
            - { name: runs, mountPath: /runs }
      volumes:
        # A volume that many nodes may write, which holds the run folder.
        - name: runs
          persistentVolumeClaim: { claimName: landau-runs }
`;
};

const texts: { readonly [name in Printed]: (run: PrintedRun) => string } = { hyperqueue, parallel, make, kubernetes };

/** The command or the manifest that works on a run with one of these programs. */
export const printedPlan = (name: Printed, run: PrintedRun): string => texts[name](run);
