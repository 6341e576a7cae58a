import { type Controls, defaultsOf, type Settings } from "../../src/contracts/field.ts";
import type { Member, Protocol, ProtocolContext, RunRecord, SavedState, Study } from "../../src/contracts/protocol.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import type { System } from "../../src/contracts/system.ts";

/** The one host of tests that drive protocols: everything in memory, pieces and rounds as a lab runs them. */

interface Driven {
  /** Of each piece, up to the saved state where there is one. */
  readonly lines: readonly (readonly string[])[];
  readonly arrays: readonly (readonly string[])[];
  readonly state?: SavedState;
  /** How many states were offered to be saved. */
  readonly offered: number;
}

/** A value for each control: the given one or the default. */
export const completed = (controls: Controls, given: Partial<Settings> = {}): Settings => ({
  ...defaultsOf(controls),
  ...(given as Settings),
});

/** Every setting of a protocol, the small ones where it has some. */
export const smallSettings = (protocol: Protocol): Settings => completed(protocol.settings, protocol.small);

/** Runs one member at complete settings; it is stopped at the `stopAfter`-th saved state, which is returned, and continues `after` an earlier one. */
export const drive = (
  protocol: Protocol,
  member: Member,
  { after, stopAfter = Infinity }: { readonly after?: Driven; readonly stopAfter?: number } = {},
): Driven => {
  const pieces: string[][] = [];
  const snapshots: string[][] = [];
  let state: SavedState | undefined;
  let offered = 0;
  let linesAtState = 0;
  const contextOf = (lines: string[], arrays: string[], saved?: SavedState): ProtocolContext => ({
    saved,
    record: (kind, fields) => void lines.push(JSON.stringify({ kind, chain: member.chain, ...fields })),
    snapshot: (name, content) => {
      for (const [key, { shape, data }] of Object.entries(content)) arrays.push(`${name}.${key} ${shape} ${data}`);
    },
    save: take => {
      if (++offered !== stopAfter) return;
      // Through a copy, as a host would keep it.
      state = structuredClone(take());
      linesAtState = lines.length;
      throw new Error("stopped");
    },
    progress: () => {},
  });
  try {
    inPieces(protocol, member, (piece, number) => {
      const stopped = (after?.lines.length ?? 0) - 1;
      const lines = [...(after?.lines[number] ?? [])];
      pieces.push(lines);
      // A piece that continues makes its snapshots again.
      const arrays = number < stopped ? [...after!.arrays[number]] : [];
      snapshots.push(arrays);
      const saved = number === stopped ? after?.state : undefined;
      if (number >= stopped) protocol.run(piece, contextOf(lines, arrays, saved));
      return lines.map(line => JSON.parse(line));
    });
  } catch (error) {
    if (!state) throw error;
    pieces.push(pieces.pop()!.slice(0, linesAtState));
  }
  return { lines: pieces, arrays: snapshots, state, offered };
};

/** Piece after piece and round after round, or all at once when the protocol has no plan. `run` is given the piece's number. */
const inPieces = (
  protocol: Protocol,
  member: Member,
  run: (member: Member, number: number) => readonly RunRecord[],
): void => {
  const records: RunRecord[] = [];
  let number = 0;
  for (let round = 0; ; round++) {
    const whole = round === 0 ? [undefined] : [];
    const pieces = protocol.plan ? protocol.plan(member, [...records], round) : whole;
    if (pieces.length === 0) return;
    for (const piece of pieces) records.push(...run({ ...member, piece }, number++));
  }
};

/** The records of one member at settings that differ from the defaults, after the protocol's own check. */
export const recordsOf = (
  protocol: Protocol,
  changed: Settings = {},
  { seed = 1, chain = 0 }: { readonly seed?: number; readonly chain?: number } = {},
): readonly RunRecord[] => {
  const settings = { ...defaultsOf(protocol.settings), ...changed };
  protocol.check?.(settings);
  return drive(protocol, { settings, seed, chain })
    .lines.flat()
    .map(line => JSON.parse(line));
};

/** A run of studies, members one after the other; settings are completed as a lab does. */
export const runOf = (
  system: Pick<System, "protocols">,
  studies: readonly Study[],
  seed = 1,
): RunView & { readonly studies: readonly Study[] } => {
  const complete = studies.map(study => ({
    ...study,
    settings: { ...defaultsOf(system.protocols[study.protocol].settings), ...study.settings },
  }));
  const records = new Map(
    complete.map(({ name, protocol, settings, chains }) => [
      name,
      Array.from({ length: chains }, (_, chain) =>
        recordsOf(system.protocols[protocol], settings, { seed, chain }),
      ).flat(),
    ]),
  );
  return {
    seed,
    studies: complete,
    study: name => complete.find(study => study.name === name),
    records: (study, kind) => (records.get(study) ?? []).filter(record => record.kind === kind),
  };
};
