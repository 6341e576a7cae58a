/** ln 2 = LN2_HIGH + LN2_LOW; the first has 33 bits, so that its product with an exponent (11 bits) is exact. */
export const LN2_HIGH = 0.6931471804855391;
export const LN2_LOW = 7.440617110012397e-11;
/** 1 / ln 2 */
// biome-ignore lint/suspicious/noApproximativeNumericConstant: the language fixes Math.LOG2E only approximately
export const INVERSE_LN2 = 1.4426950408889634;
