/** Unpacks a block of LZ4 into so many bytes. Throws an Error for a block that gives another number, or is damaged.  [lz4_Block_format.md] */
export const unpackLz4 = (block: Uint8Array, size: number): Uint8Array => {
  const out = new Uint8Array(size);
  let [from, to] = [0, 0];
  const damaged = (): Error => new Error(`${block.length} bytes of lz4 do not give the ${size} that they should`);
  const lengthOf = (nibble: number): number => {
    let length = nibble;
    if (nibble < 15) return length;
    for (let more = 255; more === 255; length += more) {
      if (from >= block.length) throw damaged();
      more = block[from++];
    }
    return length;
  };
  while (from < block.length) {
    const token = block[from++];
    const literals = lengthOf(token >> 4);
    if (literals > block.length - from || literals > size - to) throw damaged();
    out.set(block.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    // The last sequence has literals alone.
    if (from === block.length) break;
    if (from + 2 > block.length) throw damaged();
    const distance = block[from] + 256 * block[from + 1];
    from += 2;
    const length = lengthOf(token & 15) + 4;
    if (distance === 0 || distance > to || length > size - to) throw damaged();
    // Byte by byte: a copy may overlap with what it gives.
    for (const end = to + length; to < end; to++) out[to] = out[to - distance];
  }
  if (to !== size) throw damaged();
  return out;
};
