/** Most bytes that one frame of Zstandard is unpacked to. */
const LARGEST_FRAME = 500_000_000;
/** Bytes that one packed byte can give: a block of four bytes repeats one of them 128 kB long.  [RFC 8878, 3.1.1.2] */
const LARGEST_RATIO = 32_768;
const MAGIC = 0xfd2fb528;

/** The bytes of a frame, of which the number is known. Throws an Error for a damaged frame, and for one of another number of bytes. */
export type UnpackZstd = (frame: Uint8Array, size: number) => Uint8Array;

/**
 * Unpacks frames of Zstandard. Its memory and time depend on the number of bytes that is asked for, and not on what a damaged frame says: the reference decoder writes
 * into a place of that size.
 */
export const zstdDecoder = async (): Promise<UnpackZstd> => {
  const { ZSTDDecoder } = await import("zstddec");
  const decoder = new ZSTDDecoder();
  await decoder.init();
  return (frame, size) => {
    const most = Math.min(LARGEST_FRAME, LARGEST_RATIO * frame.length);
    if (!(size >= 0 && size <= most && frame.length <= LARGEST_FRAME))
      throw new Error(`${size} bytes from ${frame.length} of zstd: at most ${most} can be`);
    // The decoder takes 0 for a size that is not known.
    if (size === 0) return new Uint8Array(0);
    const bytes = decoder.decode(frame, size);
    if (bytes.length !== size)
      throw new Error(`${frame.length} bytes of zstd do not give the ${size} that they should: were they damaged?`);
    return bytes;
  };
};

/** What the head of a frame says of its size; undefined where it says nothing. Throws an Error for what is no frame.  [RFC 8878, 3.1.1.1] */
export const sizeOfZstd = (frame: Uint8Array): number | undefined => {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 6 || view.getUint32(0, true) !== MAGIC) throw new Error("no frame of zstd");
  const isSingle = ((frame[4] >> 5) & 1) === 1;
  const at = 5 + (isSingle ? 0 : 1) + [0, 1, 2, 4][frame[4] & 3];
  const kind = frame[4] >> 6;
  const length = [isSingle ? 1 : 0, 2, 4, 8][kind];
  if (at + length > frame.length) throw new Error("no frame of zstd");
  if (kind === 0) return isSingle ? frame[at] : undefined;
  if (kind === 1) return view.getUint16(at, true) + 256;
  return kind === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
};
