/** The finite numbers of an answer by their names; a bare number has that of the form. */
export const numbersOf = (name: string, value: unknown): readonly (readonly [string, number])[] => {
  if (typeof value === "number") return Number.isFinite(value) ? [[name, value]] : [];
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    Number.isFinite(each) ? [[key, each as number] as const] : [],
  );
};

/** Lines that one picture can hold at most. */
const MOST = 4;

type Line = readonly (readonly [at: number, value: number])[];

/**
 * The lines of an answer that one picture shows: those of the quantities that are named, else those that vary and are of one size with the first of them. The
 * others are in the table of the answer.
 */
export const alike = <L extends Line>(
  lines: readonly (readonly [string, L])[],
  quantities?: readonly string[],
): readonly (readonly [string, L])[] => {
  if (quantities) return lines.filter(([name]) => quantities.includes(name));
  const sizeOf = (points: Line) => points.reduce((most, [, value]) => Math.max(most, Math.abs(value)), 0);
  const varying = lines.filter(([, points]) =>
    points.some(([, value]) => Math.abs(value - points[0][1]) > 1e-9 * sizeOf(points)),
  );
  const kept = varying.length > 0 ? varying : lines;
  const size = kept.length > 0 ? sizeOf(kept[0][1]) : 0;
  return kept.filter(([, points]) => sizeOf(points) <= 20 * size && 20 * sizeOf(points) >= size).slice(0, MOST);
};
