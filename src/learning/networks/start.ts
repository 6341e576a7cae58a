import type { ParameterArray } from "../../contracts/objective.ts";
import { stream } from "../../numerics/stream.ts";

/** Gaussian entries of twice `spread`, scaled down by the root of the columns of a layer so that no width is favoured. */
export const networkStart = (
  { parameters, size }: { readonly parameters: readonly ParameterArray[]; readonly size: number },
  spread: number,
  address: { readonly seed: number; readonly chain: number },
): Float64Array => {
  const w = new Float64Array(size);
  stream({ ...address, purpose: "start" }).normals(w);
  for (const { shape, offset } of parameters) {
    const entries = shape.reduce((a, b) => a * b, 1);
    const scale = (2 * spread) / Math.sqrt(shape[shape.length - 1]);
    for (let i = 0; i < entries; i++) w[offset + i] *= scale;
  }
  return w;
};
