import type { Piece, Protocol, RunRecord } from "../contracts/protocol.ts";
import { explained, isLandauError, LandauError } from "../errors.ts";
import { canonicalJson } from "./canonical.ts";
import type { CompleteSpec, CompleteStudy, Systems } from "./complete-spec.ts";
import { checkJson } from "./record-line.ts";
import { chunksOf, type Part, type Task, taskOf } from "./tasks.ts";

/** The records of a finished task; undefined for one that is not. Those of a task without a piece are not looked at. */
export type RecordsOf = (task: Task) => readonly RunRecord[] | undefined;

/**
 * The tasks of a spec as far as they can be known: by round, in a round by study, then by chunk of chains, then by piece. The first round
 * follows from the spec alone, each later one from the records of all tasks before it. A pure function, and what is known later begins with
 * what was known before, so that an interrupted run needs no stored plan. Throws what a protocol's plan throws, naming study and chain.
 */
export const plan = (spec: CompleteSpec, systems: Systems, recordsOf: RecordsOf = () => undefined): readonly Task[] =>
  [...roundsOf(spec, systems, recordsOf)].flat();

/**
 * Runs a spec round after round: `run` is given the tasks of a round and all tasks so far, and returns nothing when those of the round were
 * done before. After it, `recordsOf` knows them. Returns all tasks.
 */
export const runInRounds = async (
  spec: CompleteSpec,
  systems: Systems,
  recordsOf: RecordsOf,
  run: (round: readonly Task[], known: readonly Task[]) => Promise<void> | undefined,
): Promise<readonly Task[]> => {
  const known: Task[] = [];
  for (const round of roundsOf(spec, systems, recordsOf)) {
    for (const task of round) known.push(task);
    const running = run(round, known);
    if (running) await running;
  }
  return known;
};

/** The rounds one by one. Records of a round are asked for when the next one is: without all of them, it was the last. */
function* roundsOf(spec: CompleteSpec, systems: Systems, recordsOf: RecordsOf): Generator<readonly Task[]> {
  const { protocols } = systems[spec.system];
  const chunks = spec.studies.flatMap(study =>
    chunksOf(study).map(chains => {
      const protocol = protocols[study.protocol];
      const { next, add } = protocol.plan ? inPieces(study, protocol, spec.seed, chains) : inOne(chains);
      return { study, next, add };
    }),
  );
  for (let round = 0, count = 0; ; round++) {
    const fresh = chunks.flatMap(chunk =>
      chunk.next(round).map(part => ({ chunk, task: taskOf(spec, chunk.study, part, count++) })),
    );
    if (fresh.length === 0) return;
    yield fresh.map(({ task }) => task);
    for (const { chunk, task } of fresh) {
      const records = recordsOf(task);
      if (records === undefined) return;
      chunk.add(records);
    }
  }
}

/** Some chains of a study on their way through the rounds. */
interface Chunk {
  next(round: number): readonly Part[];
  /** Takes in the records of a task of the last round, in the order of its tasks. */
  add(records: readonly RunRecord[]): void;
}

const inOne = (chains: Part): Chunk => ({ next: round => (round === 0 ? [chains] : []), add: () => {} });

/**
 * Chains that plan the same pieces share a task for each; otherwise every chain has its own, chain by chain. A study that was extended goes through
 * the rounds of its earlier settings first; a piece that was planned once is not planned again.
 */
const inPieces = (study: CompleteStudy, protocol: Protocol, seed: number, { from, to }: Part): Chunk => {
  const chains = Array.from({ length: to - from }, (_, i) => from + i);
  const records = chains.map((): RunRecord[] => []);
  const stages = [...(study.earlier ?? []), study.settings];
  const standings = chains.map(() => ({ stage: 0, round: 0, known: new Set<string>() }));

  const piecesOf = (chain: number): readonly Piece[] => {
    const standing = standings[chain - from];
    while (standing.stage < stages.length) {
      const { stage, round, known } = standing;
      const pieces = named(study, chain, () => {
        const pieces = protocol.plan!({ settings: stages[stage], seed, chain }, records[chain - from], round);
        for (const piece of pieces) checkJson(piece, "a piece");
        return pieces;
      });
      if (pieces.length === 0 && known.size === 0)
        throw new Error(`study ${study.name}, chain ${chain}: protocol ${study.protocol} plans no piece in round 0`);
      if (pieces.length > 0) standing.round++;
      else Object.assign(standing, { stage: stage + 1, round: 0 });
      const fresh = pieces.filter(piece => !known.has(canonicalJson(piece)));
      for (const piece of fresh) known.add(canonicalJson(piece));
      if (fresh.length > 0) return fresh;
    }
    return [];
  };

  return {
    next() {
      const planned = chains.map(piecesOf);
      const [first, ...others] = planned.map(canonicalJson);
      if (others.every(other => other === first)) return planned[0].map(piece => ({ from, to, piece }));
      return planned.flatMap((pieces, i) => pieces.map(piece => ({ from: from + i, to: from + i + 1, piece })));
    },
    add(made) {
      for (const record of made) records[record.chain - from].push(record);
    },
  };
};

/** A LandauError of a plan keeps its kind and names its chain. */
const named = <T>({ name }: CompleteStudy, chain: number, act: () => T): T => {
  try {
    return act();
  } catch (thrown) {
    const error = explained(thrown);
    if (!isLandauError(error)) throw error;
    throw new LandauError(error.kind, `study ${name}, chain ${chain}: ${error.message}`, { cause: error });
  }
};
