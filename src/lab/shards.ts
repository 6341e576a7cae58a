/** Seconds of work below which a batch job is not worth its start. */
export const LEAST_SECONDS = 600;

/** The last of all tasks, which are cut finely so that nobody waits long for a slow machine. */
const TAIL = 0.1;
/** What a job of the tail takes at least, as a share of the least of the others: a scheduler takes seconds to start one. */
const LEAST_OF_TAIL = 1 / 20;

export interface ShardLimits {
  /** The least work of a shard in seconds; `LEAST_SECONDS` when absent. */
  readonly least?: number;
  /** Most shards in all. */
  readonly atMost: number;
  /** So many shards and no fewer tail, whatever they take. */
  readonly exactly?: number;
}

/**
 * Cuts tasks that take `seconds` each into shards, largest first: of at least `least` seconds, and in the last tenth into single tasks, or where these
 * take less than a twentieth of `least` into as many as take that. Where `atMost` is too few for that, shards are larger, and half of them are for the end.
 */
export const cutShards = <Task>(
  tasks: readonly Task[],
  seconds: number,
  { least = LEAST_SECONDS, atMost, exactly }: ShardLimits,
): readonly (readonly Task[])[] => {
  if (tasks.length === 0) return [];
  if (exactly !== undefined) return dealt(tasks, Math.min(exactly, tasks.length));
  const taking = (time: number): number => Math.max(1, Math.ceil(time / Math.max(seconds, Number.MIN_VALUE)));
  const whole = Math.min(taking(least), tasks.length);
  const fine = Math.min(taking(least * LEAST_OF_TAIL), whole);
  if (atMost < 2) return [tasks];
  const isFine = whole === fine && tasks.length <= atMost * whole;
  const inTail = isFine ? 0 : Math.ceil(tasks.length * TAIL);
  const tailCount = Math.min(Math.ceil(inTail / fine), Math.floor(atMost / 2));
  const tail = tasks.slice(tasks.length - Math.min(inTail, tailCount * fine));
  const head = tasks.slice(0, tasks.length - tail.length);
  const headCount = Math.min(Math.ceil(head.length / whole), atMost - tailCount);
  return [...dealt(head, headCount), ...inRows(tail, fine)];
};

/** As cards are dealt: neighbours, which cost alike, go to different hands. */
const dealt = <Task>(tasks: readonly Task[], hands: number): readonly (readonly Task[])[] =>
  Array.from({ length: hands }, (_, hand) => tasks.filter((_, i) => i % hands === hand));

const inRows = <Task>(tasks: readonly Task[], length: number): readonly (readonly Task[])[] =>
  Array.from({ length: Math.ceil(tasks.length / length) }, (_, i) => tasks.slice(i * length, (i + 1) * length));
