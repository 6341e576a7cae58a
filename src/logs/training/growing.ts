type Numbers = Float64Array | Uint32Array;

/** Eight floats lie in the heap of the engine, which is quicker for the many columns that stay short. */
const FIRST = 8;

/** A list of numbers that grows by doubling; room that was never written takes no memory of the machine. */
export interface Growing<A extends Numbers> {
  readonly length: number;
  push(value: number): void;
  pushAll(values: A): void;
  /** Writes over the last one. */
  replaceLast(value: number): void;
  last(): number;
  /** Leaves every other one, the first among them. */
  halve(): void;
  /** All of them in place, the same array each time until there are more. */
  all(): A;
}

export const growingFloats = (): Growing<Float64Array> =>
  growing(
    length => new Float64Array(length),
    (array, length) => array.subarray(0, length),
  );
export const growingIndices = (): Growing<Uint32Array> =>
  growing(
    length => new Uint32Array(length),
    (array, length) => array.subarray(0, length),
  );

const growing = <A extends Numbers>(make: (length: number) => A, cut: (array: A, length: number) => A): Growing<A> => {
  let array = make(0);
  let length = 0;
  let whole: A | undefined;
  const makeRoom = (more: number): void => {
    const larger = make(Math.max(FIRST, 2 * length, length + more));
    larger.set(array as never);
    array = larger;
  };
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === array.length) makeRoom(1);
      array[length++] = value;
    },
    pushAll(values) {
      if (length + values.length > array.length) makeRoom(values.length);
      array.set(values as never, length);
      length += values.length;
    },
    replaceLast(value) {
      array[length - 1] = value;
    },
    halve() {
      length = (length + 1) >> 1;
      for (let i = 1; i < length; i++) array[i] = array[2 * i];
      whole = undefined;
    },
    last: () => (length === 0 ? Number.NaN : array[length - 1]),
    all() {
      if (whole?.length !== length || whole.buffer !== array.buffer) whole = cut(array, length);
      return whole;
    },
  };
};
