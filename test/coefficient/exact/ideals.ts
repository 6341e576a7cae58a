/** Exponents of monomials in two variables, some of which lie on the Newton polygon of the others. */
export const planeIdeals: readonly (readonly number[][])[] = [
  [
    [2, 0],
    [1, 1],
    [0, 3],
  ],
  [
    [2, 1],
    [1, 3],
  ],
  [[1, 2]],
];
