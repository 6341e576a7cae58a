import { invalid } from "../../../errors.ts";

/** Throws a LandauError unless p is an odd integer of at least 3. */
export const checkModulus = (p: number): void => {
  if (!(Number.isSafeInteger(p) && p >= 3 && p % 2 === 1)) throw invalid("p", p, "an odd modulus of at least 3");
  if (p > 4096) throw invalid("p", p, "a modulus of at most 4096: the table has p^2 pairs");
};

/** Throws a LandauError unless p is an odd prime, as ranks and spectra of trained networks are stated for primes. */
export const checkPrimeModulus = (p: number): void => {
  checkModulus(p);
  for (let divisor = 3; divisor * divisor <= p; divisor += 2)
    if (p % divisor === 0) throw invalid("p", p, `an odd prime, and this is ${divisor} times ${p / divisor}`);
};
