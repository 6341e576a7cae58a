/** Derivatives of an n-vector field by n parameters, d f_i / d w_j at [i n + j], by differences of fourth order; `f` overwrites `out`. */
export const jacobianByDifferences = (
  f: (w: Float64Array, out: Float64Array) => void,
  w: Float64Array,
  h = 1e-4,
): Float64Array => {
  const n = w.length;
  const jacobian = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const [a, b, d, e] = [-2, -1, 1, 2].map(shift => {
      const moved = w.slice();
      moved[j] += shift * h;
      const out = new Float64Array(n);
      f(moved, out);
      return out;
    });
    for (let i = 0; i < n; i++) jacobian[i * n + j] = (a[i] - 8 * b[i] + 8 * d[i] - e[i]) / (12 * h);
  }
  return jacobian;
};
