import { LandauError } from "../errors.ts";
import type { NpyView } from "../formats/npy.ts";
import type { NpzMember } from "../formats/npz.ts";
import type { DrawOptions, DrawTable, Quantity } from "./draws.ts";
import { splitSampler } from "./sampler-columns.ts";

/** R-hat needs four draws a chain and effective draws six: fewer are rather chains. */
const LEAST_DRAWS = 6;
/** Quantities that all arrays may have: an entry of a draw is one. */
const MOST_QUANTITIES = 1_000_000;

/**
 * Draws from arrays, every one chains x draws, or chains x draws x the shape of what is drawn, which becomes a quantity for each entry,
 * `W[1,2]`. Arrays of another form are left out with a note where there are others; single numbers are kept by name.
 */
export const drawsOfArrays = (
  members: readonly NpzMember[],
  fileName: string,
  options: DrawOptions = {},
): DrawTable => {
  if (members.length === 0) throw new LandauError("input", `${fileName}: no arrays`);
  const notes: string[] = [];
  const { only } = options;
  const isAsked = (name: string): boolean =>
    only === undefined || only.some(each => each === name || each.startsWith(`${name}[`));
  const asked = members.some(({ name }) => isAsked(name)) ? members.filter(({ name }) => isAsked(name)) : members;

  const arrays: Named[] = [];
  for (const member of asked) {
    const problem = "error" in member ? member.error : formProblem(member.view, `${fileName}: ${member.name}`);
    if (problem === undefined && "view" in member) arrays.push(member);
    // Arrays of settings and names stand beside the draws; an empty one is a mistake.
    else if (asked.length === 1 || !asked.some(isTable)) throw problem!;
    else notes.push(`left out: ${problem!.message.slice(fileName.length + 2)}`);
  }
  const [first] = arrays;
  const [chains, draws] = first.view.shape;
  for (const { name, view } of arrays) {
    const [c, d] = view.shape;
    if (c !== chains || d !== draws)
      throw new LandauError(
        "input",
        `${fileName}: ${name}: ${c} chains x ${d} draws: needs ${chains} x ${draws}, as ${first.name} has`,
      );
  }
  const count = arrays.reduce(
    (sum, { view }) => sum + view.shape.slice(2).reduce((product, side) => product * side, 1),
    0,
  );
  if (count > MOST_QUANTITIES)
    throw new LandauError(
      "input",
      `${fileName}: ${count} quantities, one for each entry of a draw: needs at most ${MOST_QUANTITIES}; save means or some of the entries`,
    );
  if (chains > draws)
    notes.push(
      `${chains} chains of ${draws} draws: more chains than draws; if the first axis is that of the draws, save x.swapaxes(0, 1)`,
    );
  // What the sampler wrote is looked at whatever is asked for.
  const others = members.filter(
    (member): member is Named =>
      !asked.includes(member) &&
      "view" in member &&
      isTable(member) &&
      member.view.shape.length === 2 &&
      member.view.shape[0] === chains &&
      member.view.shape[1] === draws,
  );
  const split = splitSampler([...arrays, ...others].flatMap(quantitiesOf), options);
  const isOther = new Set(others.map(({ name }) => name));
  return {
    chains,
    draws,
    quantities: split.quantities.filter(({ name }) => !isOther.has(name)),
    ...(split.sampler && { sampler: split.sampler }),
    numbers: numbersOf(members),
    notes: [...notes, ...split.notes],
  };
};

const numbersOf = (members: readonly NpzMember[]): { readonly [name: string]: number } =>
  Object.fromEntries(
    members.flatMap(member => {
      if (!("view" in member) || member.view.shape.some(side => side !== 1)) return [];
      try {
        return [[member.name, member.view.at(0)]];
      } catch {
        return [];
      }
    }),
  );

interface Named {
  readonly name: string;
  readonly view: NpyView;
}

const isTable = (member: NpzMember): boolean => "view" in member && member.view.shape.length >= 2;

const formProblem = ({ shape }: NpyView, place: string): LandauError | undefined => {
  const shown = `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
  const problem = (needs: string) => new LandauError("input", `${place}: shape ${shown}: ${needs}`);
  if (shape.length === 0) return problem("a single number: needs chains x draws");
  if (shape.length === 1) return problem("needs chains x draws; a single chain is x.reshape(1, -1)");
  if (shape.includes(0)) throw problem("needs at least one draw");
  const [chains, draws] = shape;
  if (chains > draws && draws < LEAST_DRAWS)
    throw problem(`${chains} chains of ${draws} draws: needs chains x draws; transpose the first two axes`);
  return undefined;
};

const quantitiesOf = ({ name, view }: Named): Quantity[] => {
  const { shape, strides, at } = view;
  const [chains, draws, ...rest] = shape;
  const width = rest.reduce((product, extent) => product * extent, 1);
  return Array.from({ length: width }, (_, entry) => {
    const place = placeOf(entry, rest);
    const origin = place.reduce((sum, index, axis) => sum + index * strides[axis + 2], 0);
    return {
      name: rest.length === 0 ? name : `${name}[${place.join(",")}]`,
      get chains() {
        return Array.from({ length: chains }, (_, chain) => {
          const series = new Float64Array(draws);
          for (let draw = 0; draw < draws; draw++) series[draw] = at(origin + chain * strides[0] + draw * strides[1]);
          return series;
        });
      },
    };
  });
};

const placeOf = (entry: number, shape: readonly number[]): number[] => {
  let rest = entry;
  return [...shape]
    .reverse()
    .map(extent => {
      const index = rest % extent;
      rest = (rest - index) / extent;
      return index;
    })
    .reverse();
};
