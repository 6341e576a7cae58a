import type { FunctionBody } from "./module.ts";
import { precisions, simd } from "./precision.ts";
import type { Writer } from "./writer.ts";

/** From here on the result is 1. */
export const END = 8.5;
/** Powers of x^2, lowest first: near-minimax, then moved by a few units in the last place (test/numerics/fixtures/fit_tanh32.py). */
export const ABOVE = [1.375, 0.18443280458450317, 0.004859365057200193, 2.922143175965175e-5, 1.9621824165483304e-8];
export const BELOW = [1.375, 0.642765998840332, 0.035781580954790115, 0.00046048162039369345, 1.1200216931683826e-6];

const PMIN = 0xea;
const PMAX = 0xeb;

/**
 * Replaces the four floats on the stack by their hyperbolic tangents, within 5.73 ulp and never beyond 1: x P(x^2) / Q(x^2), P and Q of
 * degree 4. Written into the loop instead of called, as it is shorter than a call with what surrounds it.
 * `constant` puts a number into all lanes of a vector on the stack.
 */
export const emitTanh32 = (
  body: FunctionBody,
  { write, get, set, tee }: Writer,
  constant: (value: number) => void,
): void => {
  const { add, mul, div } = precisions.f32.opcode;
  const [x, z, w] = [body.local("v128"), body.local("v128"), body.local("v128")];
  const polynomial = ([c0, c1, c2, c3, c4]: readonly number[]) => {
    const line = (a: number, b: number) => {
      constant(a);
      get(z);
      constant(b);
      write(simd(mul), simd(add));
    };
    line(c0, c1);
    get(w);
    line(c2, c3);
    get(w);
    constant(c4);
    write(simd(mul), simd(add), simd(mul), simd(add));
  };
  /** Leaves what is not a number. */
  const within = (end: number) => {
    constant(end);
    write(simd(PMIN));
    constant(-end);
    write(simd(PMAX));
  };
  within(END);
  tee(x);
  get(x);
  write(simd(mul));
  tee(z);
  get(z);
  write(simd(mul));
  set(w);
  get(x);
  polynomial(ABOVE);
  write(simd(mul));
  polynomial(BELOW);
  write(simd(div));
  within(1);
};
