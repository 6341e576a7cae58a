import type { Settings } from "../../src/contracts/field.ts";

export interface EnsembleRequest {
  readonly system: string;
  readonly settings: Settings;
  readonly seed: number;
  readonly members: number;
}

/** A look at all members. */
export interface EnsembleLook {
  readonly step: number;
  /** Members by phase. */
  readonly counts: { readonly [label: string]: number };
}

export type EnsembleReply =
  | {
      readonly type: "looks";
      readonly looks: readonly EnsembleLook[];
      /** Training steps of all members in a second, looks at them included. */
      readonly rate: number;
      readonly done: boolean;
    }
  | { readonly type: "failed"; readonly message: string };
