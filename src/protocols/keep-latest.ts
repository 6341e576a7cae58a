/** The same function, which keeps what it made last: asked again for the same key, it makes nothing. */
export const keepLatest = <Inputs extends readonly unknown[], Value>(
  keyOf: (...inputs: Inputs) => string,
  make: (...inputs: Inputs) => Value,
) => {
  let latest: { readonly key: string; readonly value: Value } | undefined;
  return (...inputs: Inputs): Value => {
    const key = keyOf(...inputs);
    if (latest?.key !== key) latest = { key, value: make(...inputs) };
    return latest.value;
  };
};
