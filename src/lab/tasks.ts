import type { Settings } from "../contracts/field.ts";
import type { Piece } from "../contracts/protocol.ts";
import { contentHash } from "./canonical.ts";
import type { CompleteSpec, CompleteStudy } from "./complete-spec.ts";
import type { FastModeName } from "./fast-modes.ts";

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
  /** Complete. */
  readonly settings: Settings;
  readonly seed: number;
  /** The chains `from`, ..., `to - 1`. */
  readonly from: number;
  readonly to: number;
  /** Absent in the deterministic mode. */
  readonly fast?: readonly FastModeName[];
  /** Absent when the protocol plans none: the task is all that these chains do. */
  readonly piece?: Piece;
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
  { name: study, protocol, settings }: CompleteStudy,
  { from, to, piece }: Part,
  index: number,
): Task => {
  const content = { system, protocol, settings, seed, from, to, ...(fast && { fast }), ...(piece && { piece }) };
  return { index, id: contentHash({ landau, ...content }).slice(0, 16), study, ...content };
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
