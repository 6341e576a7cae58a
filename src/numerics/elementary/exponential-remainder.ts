/**
 * (e^r - 1 - r) / r^2 on |r| <= ln 2 / 2: near-minimax polynomial of degree 10, error 1.4e-18. Summed in pairs (Estrin)
 * because a chain of eleven dependent products would be twice as slow.
 */
export const exponentialRemainder = (r: number): number => {
  const z = r * r;
  const w = z * z;
  const low = 0.5 + 0.1666666666666667 * r + z * (0.04166666666666667 + 0.008333333333326141 * r);
  const middle =
    0.0013888888888883752 + 0.00019841269874800493 * r + z * (2.4801587325533363e-5 + 2.7557255425746435e-6 * r);
  const high = 2.7557273661348637e-7 + 2.510520637395701e-8 * r + z * 2.0914679376583935e-9;
  return low + w * (middle + w * high);
};
