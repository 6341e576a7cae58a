import type { Provenance, RawSeries, Series } from "./series.ts";

/** Numbers of points at which trackers stop, or sample: TensorBoard keeps 1000 or 10 000 by chance, W&B's history 500, its charts up to 1500. */
const SAMPLED = [500, 1000, 1500, 10_000];

/**
 * The points of one step after the other. Of two at one step the later counts. Where the steps go back and go on from there, as after a restart, the later
 * ones replace all from there on; where they go back for a few points only, which come late, these are put in their place.
 */
export const tidied = (raw: RawSeries, notes: string[], seen: Map<Float64Array, Order>): Series => {
  const order = seen.get(raw.step) ?? orderOf(raw.step);
  seen.set(raw.step, order);
  const { rows, duplicates, resets, replaced, late, unplaced, isShuffled } = order;
  const sampling = raw.sampling ?? samplingOf(order.step, raw.step.length);
  const provenance: Provenance = {
    kept: order.step.length,
    dropped: raw.step.length - order.step.length + (raw.purged ?? 0),
    duplicates,
    resets: resets + (raw.purges ?? 0),
    sampling,
  };
  const what = `${raw.name} of ${raw.run}`;
  if (unplaced > 0) notes.push(`${what}: ${unplaced} ${unplaced === 1 ? "point has" : "points have"} no step`);
  if (isShuffled) notes.push(`${what}: the rows are not in the order of their steps: sorted`);
  if (late > 0) notes.push(`${what}: ${late} ${late === 1 ? "point stands" : "points stand"} later than its step`);
  if (resets > 0)
    notes.push(
      `${what}: the steps go back ${resets === 1 ? "once" : `${resets} times`}, as after a restart: ${replaced} ${replaced === 1 ? "point" : "points"} from there on ${replaced === 1 ? "is" : "are"} replaced by what follows`,
    );
  if (duplicates > 0)
    notes.push(
      `${what}: ${duplicates} ${duplicates === 1 ? "point has" : "points have"} the step of a later one, which counts${order.step.at(-1)! > Number.MAX_SAFE_INTEGER ? "; steps above 2^53 are rounded to even ones and farther" : ""}`,
    );
  if (sampling !== undefined) notes.push(`${what}: ${sampling}`);
  const { run, name } = raw;
  return {
    run,
    name,
    step: order.step,
    time: raw.time && (rows ? picked(raw.time, rows) : raw.time),
    value: rows ? picked(raw.value, rows) : raw.value,
    provenance,
  };
};

/** Which points are kept, for all series of the same steps. */
export interface Order {
  readonly step: Float64Array;
  /** Undefined when it is all of them as they stand. */
  readonly rows: Uint32Array | undefined;
  readonly duplicates: number;
  readonly resets: number;
  readonly replaced: number;
  readonly late: number;
  readonly unplaced: number;
  /** The points stood in no order. */
  readonly isShuffled: boolean;
}

const IN_ORDER = { duplicates: 0, resets: 0, replaced: 0, late: 0, unplaced: 0, isShuffled: false };

/** A tenth of the points below the one before: more restarts than any run has, if no step comes twice. */
const MOST_FALLS = 0.1;

/** Whether points stand in no order, as rows of a table that was sorted by something else: their steps fall again and again, and all are different. */
export const isShuffled = (step: Float64Array): boolean => {
  let falls = 0;
  for (let i = 1; i < step.length; i++) if (step[i] < step[i - 1]) falls++;
  if (!(falls > MOST_FALLS * step.length) || falls < 2) return false;
  const sorted = step.filter(Number.isFinite).sort();
  return sorted.every((value, i) => i === 0 || value > sorted[i - 1]);
};

const sortedOrder = (step: Float64Array): Order => {
  const rows = Uint32Array.from(step.keys())
    .filter(i => Number.isFinite(step[i]))
    .sort((a, b) => step[a] - step[b]);
  return { ...IN_ORDER, step: picked(step, rows), rows, unplaced: step.length - rows.length, isShuffled: true };
};

const orderOf = (step: Float64Array): Order => {
  if (ascends(step)) return { ...IN_ORDER, step, rows: undefined };
  if (isShuffled(step)) return sortedOrder(step);
  const kept = new Uint32Array(step.length);
  let [count, duplicates, resets, replaced, late, unplaced] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < step.length; i++) {
    const here = step[i];
    if (!Number.isFinite(here)) {
      unplaced++;
      continue;
    }
    const top = count === 0 ? -Infinity : step[kept[count - 1]];
    if (here > top) kept[count++] = i;
    else if (here === top) {
      kept[count - 1] = i;
      duplicates++;
    } else {
      const from = placeOf(step, kept, count, here);
      // How many points follow until the steps are beyond again, and how many those would replace.
      let until = i + 1;
      while (until < step.length && step[until] <= top && step[until] > step[until - 1]) until++;
      const follows = until - i;
      const isLate = until < step.length && step[until] > top && 2 * follows < count - from;
      if (!isLate) {
        resets++;
        replaced += count - from;
        count = from;
        kept[count++] = i;
      } else if (step[kept[from]] === here) {
        kept[from] = i;
        duplicates++;
      } else {
        kept.copyWithin(from + 1, from, count);
        kept[from] = i;
        count++;
        late++;
      }
    }
  }
  const rows = kept.slice(0, count);
  return { step: picked(step, rows), rows, duplicates, resets, replaced, late, unplaced, isShuffled: false };
};

/** The first of the kept points whose step is not below. */
const placeOf = (step: Float64Array, kept: Uint32Array, count: number, here: number): number => {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (step[kept[middle]] < here) low = middle + 1;
    else high = middle;
  }
  return low;
};

const ascends = (step: Float64Array): boolean => {
  for (let i = 0; i < step.length; i++)
    if (!(i === 0 ? Number.isFinite(step[0]) : step[i] > step[i - 1]) || step[i] === Infinity) return false;
  return true;
};

const picked = (values: Float64Array, rows: Uint32Array): Float64Array => {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < out.length; i++) out[i] = values[rows[i]];
  return out;
};

/** A round number of points whose gaps rise and fall, as those of a sample by chance do; thinning by a rule leaves even gaps, or gaps that grow. */
const samplingOf = (step: Float64Array, points: number): string | undefined => {
  if (!SAMPLED.includes(points) || step.length < 3) return undefined;
  let falls = 0;
  for (let i = 2; i < step.length; i++) if (step[i] - step[i - 1] < step[i - 1] - step[i - 2]) falls++;
  return falls < step.length / 10
    ? undefined
    : `exactly ${points} points at uneven steps: likely a sample of what was logged, as trackers keep it`;
};
