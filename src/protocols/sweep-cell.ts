import type { Json, JsonObject } from "../contracts/json.ts";
import type { Member, Protocol, ProtocolContext, RunRecord } from "../contracts/protocol.ts";
import { isLandauError, LandauError } from "../errors.ts";

/** One run of a sweep: where it is, in which phase it ended, and the numbers that training recorded at its end. */
export type CellRecord = {
  readonly x: number;
  /** Null in a sweep of one control. */
  readonly y: number | null;
  /** Number of the seed, from 0: what `chain` is to training alone. */
  readonly seed: number;
  /** The phase; "none" between phases, "diverged" for a run that left the finite numbers. */
  readonly label: string;
  /** Order parameter at the end; null where training records none, or diverged. */
  readonly order: number | null;
  readonly loss: number | null;
  /** Steps made; null where training does not say. */
  readonly steps: number | null;
  readonly [observed: string]: number | string | null;
};

export const DIVERGED = "diverged";
/** The label of a run that ended between phases. */
export const NO_PHASE = "none";

/** The records of a sweep, typed. */
export const cellRecords = (records: readonly RunRecord[]): readonly (RunRecord & CellRecord)[] =>
  records as readonly (RunRecord & CellRecord)[];

const STEPS = "steps of the cell";

/** What training records at its end, and how many steps it made; no end for a run that diverged. */
export interface CellEnd {
  readonly final?: JsonObject;
  readonly steps: number | null;
}

/** Runs training for its end alone. */
export const endOf = (train: Protocol, member: Member, { saved, save, progress }: ProtocolContext): CellEnd => {
  let final: JsonObject | undefined;
  let steps = (saved?.[STEPS] as number | undefined) ?? null;
  const { [STEPS]: _, ...state } = saved ?? {};
  try {
    train.run(member, {
      record(kind, fields) {
        if (typeof fields.step === "number") steps = fields.step;
        if (!allFinite(fields)) throw new LandauError("diverged", "training recorded a number that is not finite");
        if (kind === "final") final = fields;
      },
      snapshot: () => {},
      save: take => save(() => ({ ...take(), ...(steps !== null && { [STEPS]: steps }) })),
      saved: saved && state,
      progress,
    });
  } catch (error) {
    if (!isLandauError(error, "diverged")) throw error;
    return { steps };
  }
  if (!final) throw new Error(`protocol ${train.name} records no end, by which a sweep tells the phase`);
  return { final, steps };
};

const allFinite = (value: Json): boolean => {
  if (typeof value === "number") return Number.isFinite(value);
  if (value === null || typeof value !== "object") return true;
  return Object.values(value).every(allFinite);
};

/** What of a run's end tells the phase. */
export interface Shown {
  readonly label?: Json;
  readonly order?: Json;
  readonly loss?: Json;
}

/** The record of a run at a point. */
export const cellOf = (
  point: Pick<CellRecord, "x" | "y" | "seed">,
  { final, steps }: CellEnd,
  shown: (final: JsonObject) => Shown,
): CellRecord => {
  const { label, order, loss }: Shown = final ? shown(final) : { label: DIVERGED };
  return {
    ...point,
    label: typeof label === "string" ? label : NO_PHASE,
    ...{ order: numberOr(order), loss: numberOr(loss), steps },
    ...(final && numbersOf(final)),
  };
};

const numberOr = (value: Json | undefined): number | null => (typeof value === "number" ? value : null);

/** What a cell has in columns of its own. */
const named = ["x", "y", "seed", "label", "order", "loss", "step", "steps"];

const numbersOf = (final: JsonObject): { readonly [name: string]: number | null } =>
  Object.fromEntries(
    Object.entries(final).flatMap(([name, value]) =>
      !named.includes(name) && (typeof value === "number" || value === null) ? [[name, value]] : [],
    ),
  );
