/** out (columns x rows) = matrix (rows x columns), both row-major. */
export const transpose = (matrix: Float64Array, rows: number, columns: number, out: Float64Array): void => {
  for (let row = 0; row < rows; row++)
    for (let column = 0, from = row * columns, to = row; column < columns; column++, from++, to += rows)
      out[to] = matrix[from];
};
