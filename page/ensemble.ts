import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { lineChart } from "../src/charts/line-chart.ts";
import { series } from "../src/charts/theme.ts";
import type { LabLink } from "../src/lab/link.ts";
import type { Picture } from "./picture.ts";
import type { Session } from "./session.ts";
import { membersOf } from "./words.ts";
import { startWorker } from "./workers/address.ts";
import type { EnsembleLook, EnsembleReply, EnsembleRequest } from "./workers/ensemble-messages.ts";

/** Many members beside the run: where seeds come to rest. */
export interface Ensemble {
  readonly members: Signal<number>;
  readonly state: Signal<"idle" | "running" | "done" | "failed">;
  readonly error: Signal<string>;
  readonly looks: Signal<readonly EnsembleLook[]>;
  /** Training steps of all members in a second. */
  readonly rate: Signal<number>;
  /** The run that was asked for. */
  readonly link: Signal<LabLink | undefined>;
  readonly picture: ReadonlySignal<Picture | undefined>;
  start(): void;
  stop(): void;
}

export const LARGEST_ENSEMBLE = 4096;
/** Points of a curve. */
const MOST_LOOKS = 400;
/** Phases that have a curve of their own: those with most members in the end. */
const MOST_CURVES = 6;

export const createEnsemble = (session: Session): Ensemble => {
  const { system } = session;
  const members = signal(membersOf(system.name));
  const state = signal<"idle" | "running" | "done" | "failed">("idle");
  const error = signal("");
  const looks = signal<readonly EnsembleLook[]>([]);
  const rate = signal(0);
  const link = signal<LabLink | undefined>(undefined);
  let worker: Worker | undefined;
  const stop = (): void => {
    worker?.terminate();
    worker = undefined;
    if (state.value === "running") state.value = "idle";
  };
  return {
    ...{ members, state, error, looks, rate, link, stop },
    start() {
      stop();
      const own = startWorker("ensemble");
      worker = own;
      [state.value, looks.value, error.value] = ["running", [], ""];
      link.value = { ...session.link(), chains: members.value };
      own.onmessage = ({ data }: MessageEvent<EnsembleReply>) => {
        if (worker !== own) return;
        if (data.type === "failed") {
          [state.value, error.value] = ["failed", data.message];
          return;
        }
        looks.value = thinned([...looks.value, ...data.looks]);
        rate.value = data.rate;
        if (data.done) state.value = "done";
      };
      const { settings, seed } = link.value;
      const request: EnsembleRequest = { system: system.name, settings, seed, members: members.value };
      own.postMessage(request);
    },
    picture: computed(() => (looks.value.length > 0 ? pictureOf(looks.value) : undefined)),
  };
};

/** Every second look but the last, again and again until there are few enough. */
const thinned = (looks: readonly EnsembleLook[]): readonly EnsembleLook[] => {
  let kept = looks;
  while (kept.length > MOST_LOOKS) kept = kept.filter((_, i) => i % 2 === 0 || i === kept.length - 1);
  return kept;
};

/** Phases of the last look, the one with most members first, then those that all members left. */
export const labelsOf = (looks: readonly EnsembleLook[]): readonly string[] => {
  const last = looks[looks.length - 1].counts;
  const all = [...new Set(looks.flatMap(({ counts }) => Object.keys(counts)))];
  return all.sort((a, b) => (last[b] ?? 0) - (last[a] ?? 0));
};

const pictureOf = (looks: readonly EnsembleLook[]): Picture => {
  const title = "Members in each phase over training";
  const labels = labelsOf(looks);
  const nameOf = (label: string): string => label || "between levels";
  return {
    name: "ensemble",
    title,
    height: 260,
    draw: surface =>
      lineChart(
        {
          title,
          description: `${looks.length} looks; phases ${labels.map(nameOf).join(", ")}.`,
          x: { label: "step" },
          y: { label: "members" },
          curves: labels.slice(0, MOST_CURVES).map((label, i) => ({
            points: looks.map(({ step, counts }) => [step, counts[label] ?? 0] as const),
            colour: series[i % series.length],
            label: nameOf(label),
            strokeWidth: 2,
          })),
        },
        surface,
      ),
    table: () => ({
      columns: ["step", ...labels.map(nameOf)],
      rows: looks.map(({ step, counts }) => [step, ...labels.map(label => counts[label] ?? 0)]),
    }),
  };
};
