import type { Element } from "../engine/graph/node.ts";
import { type Shape, shapeText, sizeOf } from "../engine/graph/shape.ts";
import { invalid, LandauError } from "../errors.ts";

/** Numbers in nested lists, one list for each axis; or a flat typed array; or values with a shape. An Int32Array holds indices. */
export type ArrayInput =
  | NestedNumbers
  | Float32Array
  | Float64Array
  | Int32Array
  | { readonly shape: Shape; readonly data: ArrayLike<number> };

type NestedNumbers = readonly (number | NestedNumbers)[];

/** Arrays by name; their first axis counts samples and is as long in all of them. */
export type Data = { readonly [name: string]: ArrayInput };

export interface DataArray {
  readonly shape: Shape;
  readonly values: ArrayLike<number>;
  readonly element: Element;
}

export interface Dataset {
  readonly samples: number;
  readonly arrays: { readonly [name: string]: DataArray };
}

/**
 * Checks data and brings them into one form. Throws a LandauError of kind "input" that names the array and the place; `what` says which
 * data.
 */
export const dataset = (data: Data, what = "data"): Dataset => {
  if (typeof data !== "object" || data === null) throw invalid(what, data, "an object of arrays by name");
  const arrays = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, dataArray({ what, name }, value)]),
  );
  const [first, ...others] = Object.entries(arrays);
  if (!first) throw invalid(what, {}, "at least one array");
  const samples = first[1].shape[0];
  for (const [name, { shape }] of others)
    if (shape[0] !== samples)
      throw new LandauError(
        "input",
        `${what}: ${name} has ${shape[0]} samples, ${first[0]} has ${samples}: all arrays need the same number`,
      );
  return { samples, arrays };
};

/** The data and the array in them that a message is about. */
interface Label {
  readonly what: string;
  readonly name: string;
}

const dataArray = (label: Label, value: ArrayInput): DataArray => {
  const element: Element = value instanceof Int32Array ? "index" : "real";
  if (ArrayBuffer.isView(value)) return checked(label, { shape: [value.length], values: value, element });
  if (Array.isArray(value)) {
    const shape = shapeOfNested(label, value);
    return checked(label, { shape, values: value.flat(shape.length as 1) as number[], element });
  }
  if (typeof value !== "object" || value === null || !("data" in value) || !Array.isArray(value.shape))
    throw invalid(`${label.what}: ${label.name}`, value, "a list of numbers, a typed array, or { shape, data }");
  const { shape, data } = value as { shape: Shape; data: ArrayLike<number> };
  return checked(label, { shape, values: data, element: data instanceof Int32Array ? "index" : "real" });
};

const shapeOfNested = ({ what, name: path }: Label, list: NestedNumbers): number[] => {
  const [first] = list;
  if (!Array.isArray(first)) {
    list.forEach((entry, i) => {
      if (typeof entry !== "number") throw invalid(`${what}: ${path}[${i}]`, entry, "a number");
    });
    return [list.length];
  }
  const inner = shapeOfNested({ what, name: `${path}[0]` }, first);
  list.forEach((entry, i) => {
    const own = Array.isArray(entry) ? shapeOfNested({ what, name: `${path}[${i}]` }, entry) : [];
    if (shapeText(own) !== shapeText(inner))
      throw new LandauError(
        "input",
        `${what}: ${path}[${i}] has shape ${shapeText(own)}, ${path}[0] has ${shapeText(inner)}: needs rows of one shape`,
      );
  });
  return [list.length, ...inner];
};

const checked = ({ what, name }: Label, array: DataArray): DataArray => {
  const { shape, values } = array;
  if (shape.length === 0 || !shape.every(length => Number.isInteger(length) && length >= 1))
    throw invalid(`${what}: the shape of ${name}`, shape, "one or more axes of positive whole length");
  if (sizeOf(shape) !== values.length)
    throw new LandauError(
      "input",
      `${what}: ${name} has ${values.length} values: ${shapeText(shape)} needs ${sizeOf(shape)}`,
    );
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i])) throw invalid(`${what}: ${name}, entry ${i}`, values[i], "a finite number");
  return array;
};
