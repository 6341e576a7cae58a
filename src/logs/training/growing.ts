type Numbers = Float64Array | Uint32Array;

/** Entries of the first block and of the largest. */
const FIRST = 64;
const LARGEST = 65_536;

/** A list of numbers that grows by blocks: what is held is never copied until it is asked for, and is let go then. */
export interface Growing<A extends Numbers> {
  readonly length: number;
  push(value: number): void;
  /** Writes over the last one. */
  replaceLast(value: number): void;
  last(): number;
  /** All of them as one array, the same one each time until there are more. */
  all(): A;
}

export const growingFloats = (): Growing<Float64Array> => growing(length => new Float64Array(length));
export const growingIndices = (): Growing<Uint32Array> => growing(length => new Uint32Array(length));

const growing = <A extends Numbers>(make: (length: number) => A): Growing<A> => {
  let blocks: A[] = [];
  let block = make(0);
  let at = 0;
  let full = 0;
  return {
    get length() {
      return full + at;
    },
    push(value) {
      if (at === block.length) {
        full += at;
        at = 0;
        block = make(Math.min(LARGEST, Math.max(FIRST, full)));
        blocks.push(block);
      }
      block[at++] = value;
    },
    replaceLast(value) {
      block[at - 1] = value;
    },
    last: () => (at === 0 ? Number.NaN : block[at - 1]),
    all() {
      if (blocks.length === 1 && at === block.length) return block;
      const whole = make(full + at);
      let place = 0;
      for (let i = 0; i < blocks.length; i++) {
        const count = i === blocks.length - 1 ? at : blocks[i].length;
        whole.set((count < blocks[i].length ? blocks[i].subarray(0, count) : blocks[i]) as never, place);
        place += count;
        // Let go one by one: both at once would be twice the memory.
        blocks[i] = make(0);
      }
      blocks = [whole];
      block = whole;
      full = 0;
      at = whole.length;
      return whole;
    },
  };
};
