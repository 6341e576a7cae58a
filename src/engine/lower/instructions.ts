import type { Scalars } from "../evaluate.ts";
import { numbers } from "../numbers.ts";
import type { Access, Instruction } from "./region.ts";

/** Makes the instructions of one region: equal ones once, and what is known beforehand at once. */
export interface Instructions extends Scalars<Instruction> {
  load(access: Access): Instruction;
  lookup(access: Access, index: Instruction, scale: number): Instruction;
}

type Unnumbered = Instruction extends infer I ? (I extends { readonly id: number } ? Omit<I, "id"> : never) : never;

export const instructions = (): Instructions => {
  const known = new Map<string, Instruction>();
  const made = (key: string, instruction: Unnumbered): Instruction => {
    const found = known.get(key);
    if (found) return found;
    const numbered = { ...instruction, id: known.size } as Instruction;
    known.set(key, numbered);
    return numbered;
  };
  const constant = (value: number): Instruction =>
    made(`constant ${Object.is(value, -0) ? "-0" : value}`, { op: "constant", value } as Unnumbered);
  const constantIn = (a: Instruction): number | undefined => (a.op === "constant" ? a.value : undefined);

  const unary =
    (op: Exclude<keyof typeof numbers, "known">) =>
    (a: Instruction): Instruction => {
      const value = constantIn(a);
      if (value !== undefined) return constant((numbers[op] as (x: number) => number)(value));
      return made(`${op} ${a.id}`, { op, inputs: [a] } as Unnumbered);
    };
  const binary =
    (op: "add" | "sub" | "mul" | "div" | "maximum" | "minimum") =>
    (a: Instruction, b: Instruction): Instruction => {
      const [x, y] = [constantIn(a), constantIn(b)];
      if (x !== undefined && y !== undefined) return constant(numbers[op](x, y));
      if (isNeutral(op, y)) return a;
      if ((op === "mul" && x === 1) || (op === "add" && x === 0)) return b;
      return made(`${op} ${a.id} ${b.id}`, { op, inputs: [a, b] } as Unnumbered);
    };

  return {
    constant,
    load: access => made(`load ${accessText(access)}`, { op: "load", access } as Unnumbered),
    lookup: (access, index, scale) =>
      made(`lookup ${accessText(access)} ${index.id} ${scale}`, { op: "lookup", access, index, scale } as Unnumbered),
    convert: unary("convert"),
    neg: a => (a.op === "neg" ? a.inputs[0] : unary("neg")(a)),
    exp: unary("exp"),
    log: unary("log"),
    log1p: unary("log1p"),
    tanh: unary("tanh"),
    erf: unary("erf"),
    sqrt: unary("sqrt"),
    sin: unary("sin"),
    cos: unary("cos"),
    add: binary("add"),
    sub: binary("sub"),
    mul: binary("mul"),
    div: binary("div"),
    maximum: binary("maximum"),
    minimum: binary("minimum"),
    compare(relation, a, b) {
      const [x, y] = [constantIn(a), constantIn(b)];
      if (x !== undefined && y !== undefined) return constant(numbers.compare(relation, x, y));
      return made(`${relation} ${a.id} ${b.id}`, { op: "compare", relation, inputs: [a, b] } as Unnumbered);
    },
    select(condition, yes, no) {
      const value = constantIn(condition);
      if (value !== undefined) return value !== 0 ? yes : no;
      if (yes === no) return yes;
      return made(`select ${condition.id} ${yes.id} ${no.id}`, {
        op: "select",
        inputs: [condition, yes, no],
      } as Unnumbered);
    },
    known: () => undefined,
  };
};

/** x + 0, x - 0, x 1 and x / 1 are x, but for the sign of a zero. */
const isNeutral = (op: string, second: number | undefined): boolean =>
  ((op === "add" || op === "sub") && second === 0) || ((op === "mul" || op === "div") && second === 1);

const accessText = ({ slot, offset, strides }: Access): string => `${slot.id} ${offset} ${strides.join()}`;
