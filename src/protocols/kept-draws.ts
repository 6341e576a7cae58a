import { choice } from "../contracts/field.ts";
import type { Objective } from "../contracts/objective.ts";
import type { NamedArrays, SavedState } from "../contracts/protocol.ts";
import { invalid } from "../errors.ts";

/** Whether the parameters of each draw are stored beside the records, which hold what was observed of it. */
export const keepControl = choice("store the parameters of every draw too", ["no", "yes"], { default: "no" });

/** Name of the snapshot. */
export const PARAMETERS = "parameters";

/** The parameters of draws, to be stored as a snapshot with an array draws x shape for each array of the objective. */
export interface KeptDraws {
  keep(draw: number, w: Float64Array): void;
  /** What a saved state needs of the first draws. */
  save(drawn: number): SavedState;
  arrays(): NamedArrays;
}

/** Numbers that a chain can keep: they are in memory until its end. */
const MOST = 1 << 25;
const SAVED = "kept/parameters";

/** Nothing is kept when `keep` is "no". Throws a LandauError of kind "input" when there would be too much. */
export const keptDraws = (
  keep: "no" | "yes",
  { size, parameters }: Pick<Objective, "size" | "parameters">,
  draws: number,
  saved?: SavedState,
): KeptDraws => {
  if (keep === "no") return { keep: () => {}, save: () => ({}), arrays: () => ({}) };
  if (draws * size > MOST)
    throw invalid("draws", draws, `at most ${Math.floor(MOST / size)} of ${size} parameters, or keep=no`);
  const points = new Float64Array(draws * size);
  if (saved?.[SAVED]) points.set(saved[SAVED] as Float64Array);
  return {
    keep: (draw, w) => points.set(w, draw * size),
    save: drawn => ({ [SAVED]: points.slice(0, drawn * size) }),
    arrays() {
      return Object.fromEntries(
        parameters.map(({ name, shape, offset }) => {
          const length = shape.reduce((product, extent) => product * extent, 1);
          const data = new Float64Array(draws * length);
          for (let draw = 0; draw < draws; draw++) {
            const from = draw * size + offset;
            data.set(points.subarray(from, from + length), draw * length);
          }
          return [name, { shape: [draws, ...shape], data }];
        }),
      );
    },
  };
};
