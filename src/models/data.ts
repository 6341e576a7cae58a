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

/** Checks data and brings them into one form. Throws a LandauError of kind "input" that names the array and the place. */
export const dataset = (data: Data): Dataset => {
  const arrays = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, dataArray(name, value)]));
  const [first, ...others] = Object.entries(arrays);
  if (!first) throw invalid("data", {}, "at least one array");
  const samples = first[1].shape[0];
  for (const [name, { shape }] of others)
    if (shape[0] !== samples)
      throw new LandauError(
        "input",
        `data: ${name} has ${shape[0]} samples, ${first[0]} has ${samples}: all arrays need the same number`,
      );
  return { samples, arrays };
};

const dataArray = (name: string, value: ArrayInput): DataArray => {
  const element: Element = value instanceof Int32Array ? "index" : "real";
  if (ArrayBuffer.isView(value)) return checked(name, { shape: [value.length], values: value, element });
  if (Array.isArray(value)) {
    const shape = shapeOfNested(name, value);
    return checked(name, { shape, values: value.flat(shape.length as 1) as number[], element });
  }
  if (typeof value !== "object" || value === null || !("data" in value) || !Array.isArray(value.shape))
    throw invalid(`data: ${name}`, value, "a list of numbers, a typed array, or { shape, data }");
  const { shape, data } = value as { shape: Shape; data: ArrayLike<number> };
  return checked(name, { shape, values: data, element: data instanceof Int32Array ? "index" : "real" });
};

const shapeOfNested = (name: string, list: NestedNumbers, path = name): number[] => {
  const [first] = list;
  if (!Array.isArray(first)) {
    list.forEach((entry, i) => {
      if (typeof entry !== "number") throw invalid(`data: ${path}[${i}]`, entry, "a number");
    });
    return [list.length];
  }
  const inner = shapeOfNested(name, first, `${path}[0]`);
  list.forEach((entry, i) => {
    const own = Array.isArray(entry) ? shapeOfNested(name, entry, `${path}[${i}]`) : [];
    if (shapeText(own) !== shapeText(inner))
      throw new LandauError(
        "input",
        `data: ${path}[${i}] has shape ${shapeText(own)}, ${path}[0] has ${shapeText(inner)}: needs rows of one shape`,
      );
  });
  return [list.length, ...inner];
};

const checked = (name: string, array: DataArray): DataArray => {
  const { shape, values } = array;
  if (shape.length === 0 || !shape.every(length => Number.isInteger(length) && length >= 1))
    throw invalid(`data: the shape of ${name}`, shape, "one or more axes of positive whole length");
  if (sizeOf(shape) !== values.length)
    throw new LandauError(
      "input",
      `data: ${name} has ${values.length} values: ${shapeText(shape)} needs ${sizeOf(shape)}`,
    );
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i])) throw invalid(`data: ${name}, entry ${i}`, values[i], "a finite number");
  return array;
};
