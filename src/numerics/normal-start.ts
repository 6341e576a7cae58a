import { stream } from "./stream.ts";

/** Independent normal numbers of one standard deviation, those of an address at its start. */
export const normalStart = (
  size: number,
  deviation: number,
  { seed, chain }: { readonly seed: number; readonly chain: number },
): Float64Array => {
  const w = new Float64Array(size);
  stream({ seed, chain, purpose: "start" }).normals(w);
  return w.map(value => deviation * value);
};
