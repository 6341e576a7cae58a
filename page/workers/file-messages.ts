import type { LineChart } from "../../src/charts/line-chart.ts";
import type { DataTable } from "../picture.ts";

/** What a dropped file is taken for. */
export const fileKinds = {
  log: "a training log: transitions (landau detect)",
  draws: "draws of a sampler: their health (landau diagnose)",
  scores: "scores of models over scale (landau audit)",
  weights: "weights: arrays, and the learning coefficient of a system there (landau coefficient)",
} as const;

export type FileKind = keyof typeof fileKinds;

export interface FileRequest {
  readonly files: readonly File[];
  /** Told by the bytes and the names of columns when absent. */
  readonly kind?: FileKind | undefined;
  /** Of which the weights are, at its default settings. */
  readonly system?: string | undefined;
}

/** A part of what is said of a file. */
export interface Said {
  readonly title: string;
  readonly lines?: readonly string[];
  readonly charts?: readonly LineChart[];
  readonly table?: DataTable;
}

export type FileReply =
  | { readonly type: "read"; readonly bytes: number; readonly total: number }
  | { readonly type: "said"; readonly kind: FileKind; readonly said: Said }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly message: string };
