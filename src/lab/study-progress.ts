import type { Task } from "./tasks.ts";

/** Sums the progress of tasks over each study, and tells it onward. */
export const studyProgress = (
  tell: (study: string, done: number) => void = () => {},
): ((task: Task, done: number) => void) => {
  const byTask = new Map<number, number>();
  const byStudy = new Map<string, number>();
  return ({ index, study }, done) => {
    const sum = (byStudy.get(study) ?? 0) + done - (byTask.get(index) ?? 0);
    byTask.set(index, done);
    byStudy.set(study, sum);
    tell(study, sum);
  };
};
