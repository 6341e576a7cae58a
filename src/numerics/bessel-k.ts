import { invalid } from "../errors.ts";
import { exp } from "./elementary.ts";

/** The trapezoidal rule for both errs by exp(-pi^2 / 0.25), below rounding. */
const STEP = 0.25;
/** exp(-45) is lost in rounding. */
const NEGLIGIBLE = 45;
/** Below, 1 / z overflows; above, both are sqrt(pi / 2 z) to the last bit, and steps are too short to be told from nothing. */
const [LEAST, LARGEST] = [1e-300, 1e16];

/**
 * The modified Bessel functions of the second kind, times e^z: [e^z K_0(z), e^z K_1(z)], z > 0, to about 1e-15. Trapezoids of
 *
 *     e^z K_n(z) = int_0^inf exp(-z (cosh t - 1)) cosh(n t) dt,
 *
 * whose error falls faster than any power of the step.  [DLMF 10.32.9] Throws a LandauError of kind "input" for z below 1e-300.
 */
export const scaledBesselK = (z: number): readonly [K0: number, K1: number] => {
  if (!(z >= LEAST)) throw invalid("the argument of a Bessel function", z, `at least ${LEAST}`);
  if (z > LARGEST) {
    const both = Math.sqrt(Math.PI / 2 / z);
    return [both, both];
  }
  // At large z the integrand is a narrow bell of width z^(-1/2).
  const step = Math.min(STEP, 0.7 / Math.sqrt(z));
  let [zeroth, first] = [0.5, 0.5];
  for (let i = 1; ; i++) {
    const grown = exp(i * step);
    const cosh = (grown + 1 / grown) / 2;
    const sinhHalf = (grown - 1) * (1 - 1 / grown);
    // cosh t - 1 = (e^t - 1)(1 - e^-t) / 2, without cancellation.
    const fall = (z * sinhHalf) / 2;
    const height = exp(-fall);
    zeroth += height;
    first += height * cosh;
    if (fall - i * step > NEGLIGIBLE) break;
  }
  return [step * zeroth, step * first];
};
