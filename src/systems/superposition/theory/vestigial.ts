/**
 * A vestigial feature has W_v = 0. With a negative bias its output is dead and contributes 1 to H = 3 c L; with a positive
 * one it contributes 1 - 3 b + 3 c b^2, which is least at b = 1/(2c).
 */
export const positiveVestigialBias = (c: number): number => 1 / (2 * c);

/** What a positive vestigial feature contributes to H at its best bias: 1 - 3/(4c). */
export const positiveVestigialValue = (c: number): number => 1 - 3 / (4 * c);
