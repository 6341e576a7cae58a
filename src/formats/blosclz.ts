/** Distances from which on a match says its distance in two more bytes. */
const FAR = 8191;

/** Unpacks a stream of BloscLZ into so many bytes. Throws an Error for one that gives another number, or is damaged.  [c-blosc, blosclz.c] */
export const unpackBloscLz = (stream: Uint8Array, size: number): Uint8Array => {
  const out = new Uint8Array(size);
  let [from, to] = [0, 0];
  const damaged = (): Error => new Error(`${stream.length} bytes of blosclz do not give the ${size} that they should`);
  const next = (): number => {
    if (from >= stream.length) throw damaged();
    return stream[from++];
  };
  while (from < stream.length) {
    // The first sequence has literals alone, whatever its upper bits say.
    const control = from === 0 ? next() & 31 : next();
    if (control < 32) {
      const literals = control + 1;
      if (literals > stream.length - from || literals > size - to) throw damaged();
      out.set(stream.subarray(from, from + literals), to);
      from += literals;
      to += literals;
      continue;
    }
    let length = (control >> 5) + 2;
    if (length === 9)
      for (let more = 255; more === 255; length += more) {
        more = next();
      }
    const upper = control & 31;
    const lower = next();
    const distance = upper === 31 && lower === 255 ? 256 * next() + next() + FAR + 1 : 256 * upper + lower + 1;
    if (distance > to || length > size - to) throw damaged();
    // Byte by byte: a copy may overlap with what it gives.
    for (const end = to + length; to < end; to++) out[to] = out[to - distance];
  }
  if (to !== size) throw damaged();
  return out;
};
