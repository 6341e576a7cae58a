import type { Study } from "../../contracts/protocol.ts";
import type { PlannedTasks } from "../../lab/study-progress.ts";

/** How far a study is, and what it took. */
export interface StudyState {
  readonly name: string;
  /** Its chains. */
  readonly total: number;
  /** How many chains ended in each phase; "none" stands for none. */
  readonly outcomes: Map<string, number>;
  /** Chains of which the last record is there. */
  ended: number;
  done: number;
  /** How much was done before this call: a resumed study starts with more than nothing. */
  before: number;
  /** Seconds that went by while it was under way, those of studies side by side shared among them. */
  spent: number;
  isBegun: boolean;
  /** Of one that is planned in rounds. */
  planned?: PlannedTasks;
}

export const startState = ({ name, chains }: Study): StudyState => ({
  name,
  total: chains,
  outcomes: new Map(),
  ended: 0,
  done: 0,
  before: 0,
  spent: 0,
  isBegun: false,
});

export const isDone = ({ done, total }: StudyState): boolean => done >= total;

/**
 * Seconds until all studies are done; undefined before anything is. A chain costs what those of its study did so far, or those of all studies
 * while its own has none.
 */
export const secondsLeft = (states: readonly StudyState[]): number | undefined => {
  const made = sum(states, advanceOf);
  if (made <= 0) return undefined;
  const usual = sum(states, ({ spent }) => spent) / made;
  return sum(states, state => {
    const own = advanceOf(state) > 0 ? state.spent / advanceOf(state) : usual;
    return (state.total - state.done) * own;
  });
};

const advanceOf = ({ done, before }: StudyState): number => Math.max(0, done - before);

export const sum = <Item>(items: readonly Item[], value: (item: Item) => number): number =>
  items.reduce((total, item) => total + value(item), 0);
