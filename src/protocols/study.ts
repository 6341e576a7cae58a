import { type Controls, defaultsOf, type ValuesOf } from "../contracts/field.ts";
import type { ProtocolOf, RecordOf, Study } from "../contracts/protocol.ts";
import type { RunView } from "../contracts/run-view.ts";
import type { DeclaredStudy } from "../contracts/study.ts";
import { branch, type OfSweep } from "./records.ts";

/** How large an ensemble is, and what is set. */
export interface StudySize<Values> {
  readonly chains?: number;
  readonly chunk?: number;
  readonly settings?: Partial<Values>;
}

/** A study with its protocol, so that settings are checked by the compiler and records come back typed. */
export interface StudyOf<Declared extends Controls, Kinds> extends DeclaredStudy {
  /** Its records of one kind, in chain order; empty when there are none. */
  of<Kind extends keyof Kinds & string>(run: RunView, kind: Kind): readonly RecordOf<Kinds, Kind>[];
  /** Every setting as it was run. */
  settings(run: RunView): ValuesOf<Declared>;
  /** What a figure needs that shows records of this kind. */
  has<Kind extends keyof Kinds & string>(kind: Kind): { readonly study: string; readonly kind: Kind };
  /** Whether a run has it. */
  isIn(run: RunView): boolean;
}

/** The type of a study of a protocol: `StudyFrom<typeof census>`. */
export type StudyFrom<Made> =
  Made extends ProtocolOf<infer Declared, infer Kinds, infer _Part> ? StudyOf<Declared, Kinds> : never;

/**
 * Declares a study as a value that claims and figures hold. `sizes` says what short and full reproductions change; with `full` alone,
 * short ones leave it out.
 *
 *     const sweepUp = study("sweep-up", anneal, { settings: { to: 4 } }, { quick: { settings: { steps: 500 } }, full: { settings: { steps: 4000 } } });
 *     sweepUp.of(run, "sweep")
 */
export const study = <Declared extends Controls, Kinds, Part>(
  name: string,
  protocol: ProtocolOf<Declared, Kinds, Part>,
  common: StudySize<ValuesOf<Declared>> = {},
  sizes: { readonly quick?: StudySize<ValuesOf<Declared>>; readonly full?: StudySize<ValuesOf<Declared>> } = {
    quick: {},
  },
): StudyOf<Declared, Kinds> => {
  const sized = (size: StudySize<ValuesOf<Declared>>): Study => {
    const { chains = 1, chunk } = { ...common, ...size };
    const settings = { ...common.settings, ...size.settings };
    return { name, protocol: protocol.name, chains, ...(chunk !== undefined && { chunk }), settings } as Study;
  };
  return {
    name,
    ...(sizes.quick && { quick: sized(sizes.quick) }),
    full: sized(sizes.full ?? {}),
    of: (run, kind) => run.records(name, kind) as unknown as ReturnType<StudyOf<Declared, Kinds>["of"]> as never,
    settings: run => {
      const asRun = run.study(name);
      if (!asRun) throw new Error(`study ${name} was not run`);
      return { ...defaultsOf(protocol.settings), ...asRun.settings } as ValuesOf<Declared>;
    },
    has: kind => ({ study: name, kind }),
    isIn: run => run.study(name) !== undefined,
  };
};

/** Records of one direction of the slowest sweep of a study, by ascending control; those of one chain when it is named. */
export const branchOf = <Declared extends Controls, Kinds extends { readonly sweep: Omit<OfSweep, "chain"> }>(
  run: RunView,
  study: StudyOf<Declared, Kinds>,
  direction: "up" | "down",
  chain?: number,
): readonly RecordOf<Kinds, "sweep">[] => branch(study.of(run, "sweep"), direction, chain);
