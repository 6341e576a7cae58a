/** A knob: what may be turned, within which range, and where it stands when nobody touches it. */
export type Control =
  | {
      readonly kind: "number" | "integer";
      readonly summary: string;
      readonly default: number;
      /** Inclusive bounds. */
      readonly min?: number;
      readonly max?: number;
      /** How a slider or an axis should run. Linear when absent. */
      readonly scale?: "linear" | "log";
      readonly unit?: string;
    }
  | {
      readonly kind: "choice";
      readonly summary: string;
      readonly default: string;
      readonly choices: readonly string[];
    };

export type Controls = { readonly [name: string]: Control };
/** The value of each control by name. */
export type Settings = { readonly [name: string]: number | string };
