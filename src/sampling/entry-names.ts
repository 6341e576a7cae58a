import type { ParameterArray } from "../contracts/objective.ts";

/** A name for each entry of the flat vector, in its order: "b" for a scalar, "W[1,2]" for an entry of an array. */
export const entryNames = (parameters: readonly ParameterArray[]): string[] => {
  const names: string[] = [];
  for (const { name, shape, offset } of parameters) {
    const size = shape.reduce((product, length) => product * length, 1);
    for (let entry = 0; entry < size; entry++) {
      let rest = entry;
      const place = [...shape].reverse().map(length => {
        const index = rest % length;
        rest = (rest - index) / length;
        return index;
      });
      names[offset + entry] = shape.length === 0 ? name : `${name}[${place.reverse().join(",")}]`;
    }
  }
  return names;
};
