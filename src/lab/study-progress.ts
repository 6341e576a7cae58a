import type { CompleteStudy } from "./complete-spec.ts";
import type { Task } from "./tasks.ts";

export interface StudyProgress {
  /** The tasks of the next round are known; a last, empty one ends all plans. */
  round(tasks: readonly Task[]): void;
  /** `done` of a task's chains are done; a part of a chain counts as a fraction. */
  update(task: Task, done: number): void;
}

/** The tasks of a study that is planned in rounds, as far as they are known. */
export interface PlannedTasks {
  /** The round under way, from 0. */
  readonly round: number;
  readonly known: number;
  readonly done: number;
  /** Another round may follow. */
  readonly isOpen: boolean;
}

/** `done` of a study's chains are done; a part of a chain counts as a fraction. `planned` is there for a study that is planned in rounds. */
export type TellProgress = (study: string, done: number, planned?: PlannedTasks) => void;

interface Standing {
  readonly chains: number;
  /** Chains of all tasks that are known, those of different pieces counted apart. */
  known: number;
  /** Those of them in tasks that are done. */
  whole: number;
  readonly finished: Set<number>;
  /** How many chains are done, for each task under way. */
  readonly parts: Map<number, number>;
  /** More pieces may come. */
  isOpen: boolean;
  /** Rounds and tasks that were planned in pieces. */
  rounds: number;
  tasks: number;
  reported: number;
}

/**
 * Sums the progress of tasks over each study, and tells it onward in chains. While a plan may go on, one more piece of each chain is counted as
 * still to come. What is reported of a study never falls, and one that is done has exactly all its chains.
 */
export const studyProgress = (studies: readonly CompleteStudy[], tell: TellProgress = () => {}): StudyProgress => {
  const standings = new Map(
    studies.map(({ name, chains }): [string, Standing] => [
      name,
      {
        chains,
        known: 0,
        whole: 0,
        finished: new Set(),
        parts: new Map(),
        isOpen: true,
        rounds: 0,
        tasks: 0,
        reported: 0,
      },
    ]),
  );
  const show = (study: string, standing: Standing) => {
    const { chains, known, whole, parts, isOpen } = standing;
    let sum = whole;
    for (const part of parts.values()) sum += part;
    const expected = known + (isOpen ? chains : 0);
    standing.reported = Math.max(standing.reported, expected === chains ? sum : (chains * sum) / expected);
    const { rounds, tasks, finished } = standing;
    tell(
      study,
      standing.reported,
      rounds > 0 ? { round: rounds - 1, known: tasks, done: finished.size, isOpen } : undefined,
    );
  };
  return {
    round(tasks) {
      const planned = new Set<string>();
      for (const { study, from, to, piece } of tasks) {
        const standing = standings.get(study)!;
        standing.known += to - from;
        if (piece) {
          planned.add(study);
          standing.tasks++;
        } else standing.isOpen = false;
      }
      for (const study of planned) standings.get(study)!.rounds++;
      for (const [study, standing] of standings) {
        if (!standing.isOpen || planned.has(study)) continue;
        standing.isOpen = false;
        show(study, standing);
      }
    },
    update(task, done) {
      const { index, study, from, to } = task;
      const standing = standings.get(study)!;
      const { finished, parts } = standing;
      if (finished.has(index)) return;
      if (done >= to - from) {
        parts.delete(index);
        finished.add(index);
        standing.whole += to - from;
      } else if (done > 0) parts.set(index, done);
      show(study, standing);
    },
  };
};
