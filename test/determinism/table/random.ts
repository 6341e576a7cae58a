import { hashText } from "../../../src/numerics/hash-text.ts";
import { type StreamAddress, stream } from "../../../src/numerics/stream.ts";
import { hashBits, type Table } from "./bits.ts";
import { kernelsOn } from "./kernels.ts";

const addresses: readonly Required<StreamAddress>[] = [
  { seed: 0, chain: 0, step: 0, purpose: "noise" },
  { seed: 1, chain: 3, step: 17, purpose: "init" },
  { seed: 2 ** 53 - 1, chain: 2 ** 32 - 1, step: 2 ** 32 - 1, purpose: "" },
];
const COUNT = 10_003;

const drawn = <T extends Float64Array | Int32Array | Uint32Array>(
  make: () => T,
  fill: (out: T, address: StreamAddress) => void,
): string =>
  hashBits(
    ...addresses.map(address => {
      const out = make();
      fill(out, address);
      return out;
    }),
  );

const doubles = () => new Float64Array(COUNT);
const counting = () => Int32Array.from({ length: COUNT }, (_, i) => i);

const streams = (): Table => ({
  "stream words": drawn(
    () => new Uint32Array(COUNT),
    (out, address) => {
      const random = stream(address);
      for (let i = 0; i < COUNT; i++) out[i] = random.word();
    },
  ),
  "stream uniforms": drawn(doubles, (out, address) => stream(address).uniforms(out)),
  "stream normals": drawn(doubles, (out, address) => stream(address).normals(out)),
  "stream below": drawn(
    () => new Int32Array(COUNT),
    (out, address) => {
      const random = stream(address);
      for (let i = 0; i < COUNT; i++) out[i] = random.below(i + 1);
    },
  ),
  "stream shuffle": drawn(counting, (out, address) => stream(address).shuffle(out)),
});

/** The kernels' draws at the same addresses. */
const draws = (): Table => {
  const { memory, kernels, free } = kernelsOn(8 * COUNT);
  const fill = (kernel: string, { seed, step = 0, chain = 0, purpose }: StreamAddress) =>
    kernels[kernel](free, COUNT, seed % 2 ** 32, Math.floor(seed / 2 ** 32), step, chain, hashText(purpose));
  const of = (kernel: string, Numbers: typeof Float32Array | typeof Float64Array) =>
    hashBits(
      ...addresses.map(address => {
        fill(kernel, address);
        return new Numbers(memory.buffer, free, COUNT).slice();
      }),
    );
  const shuffled = addresses.map(address => {
    const order = new Int32Array(memory.buffer, free, COUNT);
    order.set(counting());
    fill("shuffle", address);
    return order.slice();
  });
  return {
    uniforms32: of("uniforms32", Float32Array),
    uniforms64: of("uniforms64", Float64Array),
    normals32: of("normals32", Float32Array),
    normals64: of("normals64", Float64Array),
    shuffle: hashBits(...shuffled),
  };
};

/** Random numbers of the streams and of the kernels. */
export const random = (): Table => ({ ...streams(), ...draws() });
