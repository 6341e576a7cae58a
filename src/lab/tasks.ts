import type { Settings } from "../contracts/field.ts";
import type { Piece } from "../contracts/protocol.ts";
import { groupBy } from "../numerics/group-by.ts";
import { contentHash } from "./canonical.ts";
import type { CompleteSpec, CompleteStudy } from "./complete-spec.ts";
import type { FastModeName } from "./fast-modes.ts";
import { SPEC_VERSION } from "./spec.ts";

/** What one worker runs before it reports done: some chains of a study or one piece of them, with all that determines their result. */
export interface Task {
  /** Place in the run, from 0. */
  readonly index: number;
  /**
   * The first 16 digits of the hash of everything that determines the result: system, protocol, settings, seed, chains,
   * fast modes, piece and the version of the format. The study's name does not; two studies of the same content share their ids, and the
   * index keeps their files apart.
   */
  readonly id: string;
  readonly study: string;
  readonly system: string;
  readonly protocol: string;
  /** Complete, but for those that only plan. */
  readonly settings: Settings;
  readonly seed: number;
  /** The chains `from`, ..., `to - 1`. */
  readonly from: number;
  readonly to: number;
  /** Absent in the deterministic mode. */
  readonly fast?: readonly FastModeName[];
  /** Absent when the protocol plans none: the task is all that these chains do. */
  readonly piece?: Piece;
  /** Its study has settings that only plan: its file is named by its content alone, wherever it stands in the plan. */
  readonly isFree?: true;
}

/** What a task does within its study. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly piece?: Piece;
}

/** The task at place `index` that does a part of a study. */
export const taskOf = (
  { landau, system, seed, fast }: CompleteSpec,
  { name: study, protocol, settings: all, planning }: CompleteStudy,
  { from, to, piece }: Part,
  index: number,
): Task => {
  const settings = planning ? without(all, planning) : all;
  const content = { system, protocol, settings, seed, from, to, ...(fast && { fast }), ...(piece && { piece }) };
  return { index, id: idOf(landau, content), study, ...content, ...(planning && piece && { isFree: true }) };
};

type Content = Omit<Task, "index" | "id" | "study" | "isFree">;

const idOf = (landau: number, content: Content): string => contentHash({ landau, ...content }).slice(0, 16);

/** The id that a task has by its content, whatever it says itself. */
export const taskIdOf = ({ index: _, id: __, study: ___, isFree: ____, ...content }: Task): string =>
  idOf(SPEC_VERSION, content);

const without = (settings: Settings, names: readonly string[]): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)));

/**
 * Tasks in the order in which their records are read: study by study, those that are free by the values of their pieces, as they would have been
 * planned all at once; the others as they were planned.
 */
export const inReadingOrder = (tasks: readonly Task[]): readonly Task[] =>
  [...groupBy(tasks, ({ study }) => study).values()].flatMap(own =>
    own[0].isFree ? [...own].sort((a, b) => a.from - b.from || comparePieces(a.piece!, b.piece!)) : own,
  );

/** Field by field, in the order in which the first one has them. */
const comparePieces = (a: Piece, b: Piece): number => {
  for (const [name, value] of Object.entries(a)) {
    const other = b[name];
    if (value === other) continue;
    if (typeof value === "number" && typeof other === "number") return value - other;
    return String(value) < String(other) ? -1 : 1;
  }
  return 0;
};

/** The chains of a study in chunks, ascending. */
export const chunksOf = ({ chains, chunk }: CompleteStudy): readonly Part[] =>
  Array.from({ length: Math.ceil(chains / chunk) }, (_, i) => ({
    from: i * chunk,
    to: Math.min((i + 1) * chunk, chains),
  }));

/** How a task is called in messages. */
export const taskName = ({ index, study, from, to, piece }: Task): string =>
  `task ${index} (study ${study}, ${chainsText(from, to)}${pieceText(piece)})`;

export const chainsText = (from: number, to: number): string =>
  to - from === 1 ? `chain ${from}` : `chains ${from} to ${to - 1}`;

/** ", piece {...}" when there is one. */
export const pieceText = (piece: Piece | undefined): string => (piece ? `, piece ${JSON.stringify(piece)}` : "");
