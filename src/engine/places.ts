import type { Plan } from "./lower/plan.ts";
import type { Slot } from "./lower/slot.ts";
import type { Layout } from "./wasm/layout.ts";

/** Where an array lies; the address, in bytes, is that of the copy for the first chain and step. */
export interface Place extends Omit<Slot, "id"> {
  readonly address: number;
}

/**
 * All that those who fill and read the arrays of a program need to know of it, as plain data: how its steps are made is not in here, so that code which makes
 * them can be used again without working them out anew.
 */
export interface Places
  extends Pick<
    Layout,
    "chainStride" | "chainsFrom" | "chainsTo" | "stepStride" | "chainStepStride" | "chainStepChainStride" | "size"
  > {
  readonly lanes: Plan["lanes"];
  readonly parameters: { readonly [name: string]: Place };
  readonly inputs: { readonly [name: string]: Place };
  readonly outputs: { readonly [name: string]: Place };
  /** Each with the id of the node that has its values. */
  readonly constants: readonly { readonly node: number; readonly place: Place }[];
}

export const placesOf = ({ lanes, parameters, inputs, outputs, constants }: Plan, layout: Layout): Places => {
  const { address, scratch, sums, ...strides } = layout;
  const placeOf = (slot: Slot): Place => {
    const { id, ...own } = slot;
    return { ...own, address: address(slot) };
  };
  const named = (slots: { readonly [name: string]: Slot }) =>
    Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, placeOf(slot)]));
  return {
    ...strides,
    lanes,
    parameters: named(parameters),
    inputs: named(inputs),
    outputs: named(outputs),
    constants: constants.map(({ slot, node }) => ({ node: node.id, place: placeOf(slot) })),
  };
};
