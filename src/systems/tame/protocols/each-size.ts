import type { Address, ProtocolContext } from "../../../contracts/protocol.ts";
import { type Stream, stream } from "../../../numerics/stream.ts";
import { type Sizes, sizesOf } from "../model/sizes.ts";

/** A record of what a fresh sample of each size shows; a member is one repetition, whose numbers are addressed by the purpose and the size. */
export const eachSize = <Measured>(
  purpose: string,
  { settings, seed, chain }: Address & { readonly settings: Sizes },
  context: ProtocolContext<{ sample: { readonly N: number } & Measured }>,
  measure: (N: number, random: Stream) => Measured,
): void => {
  const sizes = sizesOf(settings);
  sizes.forEach((N, i) => {
    context.record("sample", { N, ...measure(N, stream({ seed, chain, purpose, step: N })) });
    context.progress((i + 1) / sizes.length);
  });
};
