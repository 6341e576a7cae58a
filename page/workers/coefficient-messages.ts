import type { Settings } from "../../src/contracts/field.ts";

export interface CoefficientRequest {
  readonly system: string;
  readonly settings: Settings;
  readonly seed: number;
  readonly step: number;
  readonly w: Float64Array<ArrayBuffer>;
  /** Per chain. */
  readonly draws: number;
}

export interface CoefficientReply {
  readonly step: number;
  /** Null where there is no estimate; `text` says why. */
  readonly lambda: number | null;
  readonly error: number;
  readonly draws: number;
  readonly rHat: number;
  readonly ess: number;
  /** Chains agree and have enough effective draws: only then may the number stand alone. */
  readonly isEnough: boolean;
  /** Health in words. */
  readonly text: string;
}
