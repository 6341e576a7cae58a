import { float32, float64, unsigned } from "./encoding.ts";

export type PrecisionName = "f32" | "f64";

/** How real numbers are held: the vector instructions of one width. Numbers are opcodes behind the 0xfd prefix. */
export interface Precision {
  readonly name: PrecisionName;
  readonly bytes: number;
  readonly lanes: number;
  /** Ends the names of kernels for this width. */
  readonly suffix: "32" | "64";
  readonly opcode: {
    readonly [name in
      | "add"
      | "sub"
      | "mul"
      | "div"
      | "maximum"
      | "minimum"
      | "neg"
      | "sqrt"
      | "equal"
      | "notEqual"
      | "less"
      | "lessOrEqual"
      | "splat"
      | "extractLane"
      | "loadSplat"
      | "loadZero"
      | "loadLane"
      | "storeLane"
      | "convertIndex"]: number;
  };
  /** Scalar instructions, without prefix. */
  readonly scalar: {
    readonly type: "f32" | "f64";
    readonly load: number;
    readonly store: number;
    readonly add: number;
    readonly max: number;
    readonly convertIndex: number;
    readonly constant: number;
  };
  readonly constantBytes: (value: number) => number[];
}

export const precisions: { readonly [name in PrecisionName]: Precision } = {
  f32: {
    name: "f32",
    bytes: 4,
    lanes: 4,
    suffix: "32",
    opcode: {
      add: 0xe4,
      sub: 0xe5,
      mul: 0xe6,
      div: 0xe7,
      minimum: 0xe8,
      maximum: 0xe9,
      neg: 0xe1,
      sqrt: 0xe3,
      equal: 0x41,
      notEqual: 0x42,
      less: 0x43,
      lessOrEqual: 0x45,
      splat: 0x13,
      extractLane: 0x1f,
      loadSplat: 0x09,
      loadZero: 0x5c,
      loadLane: 0x56,
      storeLane: 0x5a,
      convertIndex: 0xfa,
    },
    scalar: { type: "f32", load: 0x2a, store: 0x38, add: 0x92, max: 0x97, convertIndex: 0xb2, constant: 0x43 },
    constantBytes: float32,
  },
  f64: {
    name: "f64",
    bytes: 8,
    lanes: 2,
    suffix: "64",
    opcode: {
      add: 0xf0,
      sub: 0xf1,
      mul: 0xf2,
      div: 0xf3,
      minimum: 0xf4,
      maximum: 0xf5,
      neg: 0xed,
      sqrt: 0xef,
      equal: 0x47,
      notEqual: 0x48,
      less: 0x49,
      lessOrEqual: 0x4b,
      splat: 0x14,
      extractLane: 0x21,
      loadSplat: 0x0a,
      loadZero: 0x5d,
      loadLane: 0x57,
      storeLane: 0x5b,
      convertIndex: 0xfe,
    },
    scalar: { type: "f64", load: 0x2b, store: 0x39, add: 0xa0, max: 0xa5, convertIndex: 0xb7, constant: 0x44 },
    constantBytes: float64,
  },
};

/** An instruction behind the vector prefix. */
export const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];

/** A vector with the same value in every lane. */
export const splatConstant = ({ lanes, constantBytes }: Precision, value: number): number[] => [
  ...simd(0x0c),
  ...Array.from({ length: lanes }, () => constantBytes(value)).flat(),
];

/** All bits of the first `count` lanes. */
export const laneMask = ({ bytes }: Precision, count: number): number[] => [
  ...simd(0x0c),
  ...Array.from({ length: 16 }, (_, i) => (i < count * bytes ? 0xff : 0)),
];
