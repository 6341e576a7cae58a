import { describe, expect, test } from "vitest";
import { instantiateKernels } from "../../../src/engine/kernels/kernels.ts";
import { hashText } from "../../../src/numerics/hash-text.ts";
import { type StreamAddress, stream } from "../../../src/numerics/stream.ts";

type Draw = (at: number, count: number, ...address: number[]) => void;

const memory = new WebAssembly.Memory({ initial: 4 });
const kernels = instantiateKernels(memory) as unknown as Record<string, Draw>;

const addresses: Required<StreamAddress>[] = [
  { seed: 0, chain: 0, step: 0, purpose: "noise" },
  { seed: 1, chain: 3, step: 17, purpose: "init" },
  { seed: 2 ** 53 - 1, chain: 2 ** 32 - 1, step: 2 ** 32 - 1, purpose: "" },
  { seed: 2 ** 32, chain: 2 ** 31, step: 2_500_000_000, purpose: "batch" },
];
const counts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 10_003];
const cases = addresses.flatMap(address => counts.map(count => ({ ...address, count })));

const words = ({ seed, step, chain, purpose }: Required<StreamAddress>): number[] => [
  seed % 2 ** 32,
  Math.floor(seed / 2 ** 32),
  step,
  chain,
  hashText(purpose),
];

const CANARY = 12345;
const START = 64;
/** What `draw` writes for `count` numbers, with the four entries on either side, which it must leave alone. */
const written = <T extends Float32Array | Float64Array | Int32Array>(
  out: T,
  count: number,
  draw: (at: number) => void,
): T => {
  const first = START / out.BYTES_PER_ELEMENT;
  draw(START);
  return out.subarray(first - 4, first + count + 4) as T;
};
const framed = (values: ArrayLike<number>): number[] => [
  ...Array(4).fill(CANARY),
  ...Array.from(values),
  ...Array(4).fill(CANARY),
];

describe.each(["normals", "uniforms"] as const)("%s", kind => {
  test.each(cases)(
    "has the bits of the stream: $count at seed $seed, chain $chain, step $step",
    ({ count, ...address }) => {
      const expected = new Float64Array(count);
      stream(address)[kind](expected);

      const doubles = new Float64Array(memory.buffer).fill(CANARY);
      const in64 = written(doubles, count, at => kernels[`${kind}64`](at, count, ...words(address)));
      expect(in64).toEqual(Float64Array.from(framed(expected)));

      // None of these uniforms is close enough to 1 to be held below it.
      const singles = new Float32Array(memory.buffer).fill(CANARY);
      const in32 = written(singles, count, at => kernels[`${kind}32`](at, count, ...words(address)));
      expect(in32).toEqual(Float32Array.from(framed(expected)));
    },
  );
});

test.each(cases)(
  "shuffle permutes as the stream: $count at seed $seed, chain $chain, step $step",
  ({ count, ...address }) => {
    const expected = Int32Array.from({ length: count }, (_, i) => 3 * i);
    const integers = new Int32Array(memory.buffer).fill(CANARY);
    integers.set(expected, START / 4);
    stream(address).shuffle(expected);
    const order = written(integers, count, at => kernels.shuffle(at, count, ...words(address)));
    expect(order).toEqual(Int32Array.from(framed(expected)));
  },
);
