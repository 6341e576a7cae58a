import type { Task } from "./tasks.ts";

interface Standing {
  /** Chains of the tasks that are done. */
  whole: number;
  readonly finished: Set<number>;
  /** Of each task under way, how many of its chains are done. */
  readonly parts: Map<number, number>;
}

/** Sums the progress of tasks over each study, and tells it onward. A study that is done has exactly all its chains. */
export const studyProgress = (
  tell: (study: string, done: number) => void = () => {},
): ((task: Task, done: number) => void) => {
  const standings = new Map<string, Standing>();
  return ({ index, study, from, to }, done) => {
    const standing: Standing = standings.get(study) ?? { whole: 0, finished: new Set(), parts: new Map() };
    standings.set(study, standing);
    const { finished, parts } = standing;
    if (finished.has(index)) return;
    if (done >= to - from) {
      parts.delete(index);
      finished.add(index);
      standing.whole += to - from;
    } else if (done > 0) parts.set(index, done);
    let sum = standing.whole;
    for (const part of parts.values()) sum += part;
    tell(study, sum);
  };
};
