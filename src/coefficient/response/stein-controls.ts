/** Functions of zero mean under exp(-E): Delta p - grad E . grad p of monomials p in the parameters.  [zero-variance control variates, Mira et al. 2013] */
export interface SteinControls {
  readonly count: number;
  /** Overwrites `out` (count) with their values at a point u, given dE/du there. */
  write(u: Float64Array, slope: Float64Array, out: Float64Array): void;
}

/** Highest degree of the monomials by the number of parameters: with 3 in few, third moments of what is almost normal are almost free of noise. */
const degreeFor = (size: number): number => (size <= 3 ? 3 : size <= 12 ? 2 : size <= 128 ? 1 : 0);

export const steinControls = (size: number): SteinControls => {
  const monomials = monomialsUpTo(size, degreeFor(size));
  return {
    count: monomials.length,
    write(u, slope, out) {
      monomials.forEach((factors, k) => {
        let sum = 0;
        factors.forEach((i, place) => {
          let rest = 1;
          factors.forEach((j, other) => {
            if (other !== place) rest *= u[j];
          });
          sum -= slope[i] * rest;
          // Each pair of equal factors gives two terms of the second derivative, one from either side.
          factors.forEach((j, other) => {
            if (other === place || i !== j) return;
            let left = 1;
            factors.forEach((l, third) => {
              if (third !== place && third !== other) left *= u[l];
            });
            sum += left;
          });
        });
        out[k] = sum;
      });
    },
  };
};

/** Monomials as ascending lists of their factors, the constant left out. */
const monomialsUpTo = (size: number, degree: number): number[][] => {
  let last: number[][] = [[]];
  const all: number[][] = [];
  for (let d = 0; d < degree; d++) {
    last = last.flatMap(factors =>
      Array.from({ length: size - (factors.at(-1) ?? 0) }, (_, i) => [...factors, (factors.at(-1) ?? 0) + i]),
    );
    all.push(...last);
  }
  return all;
};
