/** A state of numbers and lists of numbers as it comes back from a file. */
export const throughJson = <State extends { readonly [name: string]: unknown }>(state: State): State =>
  Object.fromEntries(
    Object.entries(
      JSON.parse(
        JSON.stringify(state, (_key, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value)),
      ) as { [name: string]: number | number[] },
    ).map(([name, value]) => [name, Array.isArray(value) ? Float64Array.from(value) : value]),
  ) as State;
