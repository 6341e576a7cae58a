export interface ModelRequest {
  readonly text: string;
  readonly seeds: number;
}

export type ModelReply =
  /** Losses at the same steps, a list for each seed. */
  | {
      readonly type: "losses";
      readonly steps: readonly number[];
      readonly losses: readonly (readonly number[])[];
      readonly done: boolean;
    }
  | { readonly type: "failed"; readonly message: string };
