/**
 * out[i] = f(x[i]) over `bytes` bytes, 16 at a time, for a kernel f on one vector: JavaScript itself can't pass vectors, so that
 * this makes a module of one loop that imports f.
 */
export const vectorMap = (memory: WebAssembly.Memory, f: unknown) => {
  const module = new WebAssembly.Module(
    Uint8Array.from([...HEADER, ...types, ...imports, ...functions, ...exported, ...code]),
  );
  const { exports } = new WebAssembly.Instance(module, { e: { m: memory, f: f as WebAssembly.ImportValue } });
  return exports.f as (out: number, x: number, bytes: number) => void;
};

/** "\0asm", version 1. */
const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
const I32 = 0x7f;
const V128 = 0x7b;
const E = 0x65;
const F = 0x66;
const M = 0x6d;

const section = (id: number, ...content: number[]): number[] => [id, content.length, ...content];

const types = section(1, 2, 0x60, 1, V128, 1, V128, 0x60, 3, I32, I32, I32, 0);
const imports = section(2, 2, 1, E, 1, M, 2, 0, 0, 1, E, 1, F, 0, 0);
const functions = section(3, 1, 1);
const exported = section(7, 1, 1, F, 0, 1);

const get = (local: number): number[] => [0x20, local];
const ADD = 0x6a;
const body = [
  ...[1, 1, I32],
  ...[0x02, 0x40, 0x03, 0x40],
  ...[...get(3), ...get(2), 0x4f, 0x0d, 1],
  ...[...get(0), ...get(3), ADD],
  ...[...get(1), ...get(3), ADD, 0xfd, 0x00, 4, 0],
  ...[0x10, 0, 0xfd, 0x0b, 4, 0],
  ...[...get(3), 0x41, 16, ADD, 0x21, 3],
  ...[0x0c, 0, 0x0b, 0x0b, 0x0b],
];
const code = section(10, 1, body.length, ...body);
