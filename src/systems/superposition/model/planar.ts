import { diagonalSlopes, offDiagonalSlopes } from "./pieces.ts";

/**
 * The population loss and its gradient for two hidden dimensions, the usual case: each pair of features is met once, for what it adds to both. Sums over
 * features are in the order of the loop over any number of dimensions, so that the bits are the same. `scales` are the weights of the c outputs with the
 * scale of the loss in them.
 */
export const planarSlopes = (scales: Float64Array): ((w: Float64Array, gradient: Float64Array) => number) => {
  const c = scales.length;
  const bias = 2 * c;
  const piece = new Float64Array(3);
  const values = new Float64Array(c);
  return (w, gradient) => {
    gradient.fill(0);
    values.fill(0);
    for (let i = 0; i < c; i++) {
      const x = w[i];
      const y = w[c + i];
      const b = w[bias + i];
      const scale = scales[i];
      diagonalSlopes(x * x + y * y, b, piece);
      const self = scale * piece[1];
      let value = values[i] + piece[0];
      let slope = gradient[bias + i] + piece[2];
      let slopeX = gradient[i] + (self + self) * x;
      let slopeY = gradient[c + i] + (self + self) * y;
      for (let j = i + 1; j < c; j++) {
        const a = x * w[j] + y * w[c + j];
        offDiagonalSlopes(a, b, piece);
        value += piece[0];
        slope += piece[2];
        let both = scale * piece[1];
        offDiagonalSlopes(a, w[bias + j], piece);
        values[j] += piece[0];
        gradient[bias + j] += piece[2];
        both += scales[j] * piece[1];
        slopeX += both * w[j];
        slopeY += both * w[c + j];
        gradient[j] += both * x;
        gradient[c + j] += both * y;
      }
      values[i] = value;
      gradient[bias + i] = slope;
      gradient[i] = slopeX;
      gradient[c + i] = slopeY;
    }
    let loss = 0;
    for (let i = 0; i < c; i++) {
      loss += scales[i] * values[i];
      gradient[bias + i] *= scales[i];
    }
    return loss;
  };
};
