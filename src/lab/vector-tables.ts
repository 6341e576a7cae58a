import { responseVectors } from "../coefficient/response/vectors.ts";
import { coefficientVectors } from "../coefficient/vectors.ts";
import { answer, type System, type VectorTable } from "../contracts/system.ts";
import { LandauError } from "../errors.ts";
import { listedSystems } from "../systems/index.ts";
import { changeVectors } from "../transitions/change/vectors.ts";
import { unknownWord } from "./nearest.ts";

/** The systems that answer a file together; a file of any other name is answered by the system that it names. */
const together: { readonly [fileSystem: string]: readonly string[] } = {
  "deep-linear": ["deep-linear", "linear-vae", "linear-ssl", "law-of-balance", "mirror-symmetry"],
};

/** Files that an instrument answers. */
const instruments: { readonly [fileSystem: string]: VectorTable } = {
  coefficient: coefficientVectors,
  response: responseVectors,
  "change-points": changeVectors,
};

/** The answers to the files of one `system`. Throws a LandauError of kind "vectors" that suggests the nearest name. */
export const loadVectorTable = async (fileSystem: string): Promise<VectorTable> => {
  if (Object.hasOwn(instruments, fileSystem)) return instruments[fileSystem];
  const known = { ...listedSystems, ...together };
  if (!Object.hasOwn(known, fileSystem))
    throw new LandauError(
      "vectors",
      unknownWord("system", fileSystem, [...Object.keys(instruments), ...Object.keys(known)]),
    );
  const names = Object.hasOwn(together, fileSystem) ? together[fileSystem] : [fileSystem];
  const loaded = await Promise.all(names.map(name => listedSystems[name].load()));
  return Object.assign({}, ...loaded.map(answersOf));
};

/** What a system answers: its closed forms, under their own names or those they list, and what has no closed form. */
export const answersOf = ({ theory, vectors }: Pick<System, "theory" | "vectors">): VectorTable => ({
  ...Object.fromEntries(
    Object.entries(theory).flatMap(([name, entry]) =>
      (entry.answers ?? [name]).map(quantity => [quantity, answer(entry.inputs, entry.evaluate)] as const),
    ),
  ),
  ...vectors,
});
