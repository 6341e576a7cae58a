/** The width of characters by their code, in parts of the size, as a TrueType font has it (tables cmap, format 4, and hmtx). */
export const advanceOf = (file: Uint8Array): ((code: number) => number) => {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const u16 = (at: number) => view.getUint16(at);
  const tables = new Map<string, number>();
  for (let i = 0; i < u16(4); i++) {
    const at = 12 + 16 * i;
    tables.set(String.fromCharCode(...file.subarray(at, at + 4)), view.getUint32(at + 8));
  }
  const table = (name: string) => tables.get(name)!;
  const unitsPerEm = u16(table("head") + 18);
  const widths = u16(table("hhea") + 34);
  const subtables = Array.from(
    { length: u16(table("cmap") + 2) },
    (_, i) => table("cmap") + view.getUint32(table("cmap") + 8 + 8 * i),
  );
  const map = subtables.find(at => u16(at) === 4)!;
  const segments = u16(map + 6) / 2;
  const glyphOf = (code: number): number => {
    for (let i = 0; i < segments; i++) {
      const start = u16(map + 16 + 2 * segments + 2 * i);
      if (code > u16(map + 14 + 2 * i) || code < start) continue;
      const delta = u16(map + 16 + 4 * segments + 2 * i);
      const at = map + 16 + 6 * segments + 2 * i;
      return u16(at) === 0 ? (code + delta) % 65536 : u16(at + u16(at) + 2 * (code - start));
    }
    return 0;
  };
  return code => u16(table("hmtx") + 4 * Math.min(glyphOf(code), widths - 1)) / unitsPerEm;
};
