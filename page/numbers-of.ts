/** The finite numbers of an answer by their names; a bare number has that of the form. */
export const numbersOf = (name: string, value: unknown): readonly (readonly [string, number])[] => {
  if (typeof value === "number") return Number.isFinite(value) ? [[name, value]] : [];
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    Number.isFinite(each) ? [[key, each as number] as const] : [],
  );
};
