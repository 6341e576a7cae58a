/** sqrt(a^2 + b^2), as independent errors add. Math.hypot may differ between engines. */
export const hypotenuse = (a: number, b: number): number => Math.sqrt(a * a + b * b);
