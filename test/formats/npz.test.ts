import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { crc32 } from "../../src/formats/crc32.ts";
import { readNpy } from "../../src/formats/npy.ts";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { readZip } from "../../src/formats/zip.ts";
import fixture from "./fixtures/arrays.json" with { type: "json" };

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

/** An npy file with the given header text. */
const npy = (header: string, data: Uint8Array, version = 1): Uint8Array => {
  const text = new TextEncoder().encode(header);
  const length = version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...length, ...text, ...data]);
};
const header = (descr: string, shape: string, fortran = "False"): string =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;

describe("arrays that numpy wrote", () => {
  test.each(Object.entries(fixture.npy))("%s", (_name, { bytes, shape, values }) => {
    const { shape: found, data } = readNpy(fromBase64(bytes), "a.npy");
    expect(found).toEqual(shape);
    expect([...data]).toEqual(values.map(Number));
  });

  test.each(Object.entries(fixture.npz))("archive, %s", (_name, bytes) => {
    const files = readZip(fromBase64(bytes), "a.npz");
    expect([...files.keys()]).toEqual(["mu.npy", "W.npy"]);
    expect([...readNpy(files.get("mu.npy")!, "mu").data]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(readNpy(files.get("W.npy")!, "W").shape).toEqual([2, 3, 2]);
  });
});

test("our own archives come back bit for bit", () => {
  const data = Float64Array.of(1, -0, 5e-324, 1e300, Math.PI, -7);
  const files = readZip(packNpz({ x: { shape: [2, 3], data } }), "a.npz");
  const back = readNpy(files.get("x.npy")!, "x");
  expect(back.shape).toEqual([2, 3]);
  expect(new Uint8Array(back.data.buffer)).toEqual(new Uint8Array(data.buffer));
});

test("an archive holds npy files of version 1.0, their numbers at a multiple of 8", () => {
  const member = readZip(packNpz({ x: { shape: [2], data: Float64Array.of(1, -2) } }), "a.npz").get("x.npy")!;
  const text = "{'descr':'<f8','fortran_order':False,'shape':(2,)}";
  expect((10 + text.length + 3 + 1) % 8).toBe(0);
  expect(member).toEqual(npy(`${text}   \n`, new Uint8Array(Float64Array.of(1, -2).buffer)));
});

test("the checksum of the standard's example", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});

describe("headers as older and other writers have them", () => {
  const two = new Uint8Array(Float64Array.of(1, 2).buffer);
  test.each([
    ["Python 2", "{'descr': '<f8', 'fortran_order': False, 'shape': (1L, 2L), }"],
    ["double quotes", '{"descr": "<f8", "fortran_order": False, "shape": (1, 2)}'],
    ["strings of Python 2", "{u'descr': u'<f8', u'fortran_order': False, u'shape': (1L, 2L)}"],
  ])("%s", (_name, text) => {
    expect(readNpy(npy(`${text}\n`, two), "a.npy")).toMatchObject({ shape: [1, 2], data: Float64Array.of(1, 2) });
  });

  test.each([
    ["<V2", "it is most likely bfloat16: save x.astype(numpy.float32)"],
    ["|V1", "it is most likely a float of 8 bits"],
    ["<f1", "it is most likely a float of 8 bits"],
    ["<f16", "it is a long double: save x.astype(numpy.float64)"],
    ["<c16", "it is complex: save x.real and x.imag"],
  ])("%s is named", (descr, hint) => {
    expect(() => readNpy(npy(header(descr, "(1,)"), new Uint8Array(8)), "a.npy")).toThrow(hint);
  });
});

describe("npy files that are refused", () => {
  const eight = new Uint8Array(8);
  test.each<[string, Uint8Array, string]>([
    ["another format", Uint8Array.of(1, 2, 3), "does not begin as an npy file does"],
    ["a version of the future", npy(header("<f8", "(1,)"), eight, 9), "npy version 9: needs 1, 2 or 3"],
    [
      "a header longer than the file",
      npy(header("<f8", "(1,)"), eight).subarray(0, 30),
      "a header of 58 bytes: the file has 20 more",
    ],
    [
      "a huge header",
      npy(" ".repeat(20), eight, 2).map((byte, i) => (i === 11 ? 1 : byte)),
      "bytes: needs at most 65536",
    ],
    ["no dictionary", npy("hello", eight), 'its header is "hello": needs a dictionary'],
    ["a missing key", npy("{'descr': '<f8', 'shape': (1,), }", eight), "has no fortran_order"],
    ["objects", npy(header("|O", "(1,)"), eight), 'numbers of type "|O": needs floats'],
    ["text", npy(header("<U4", "(1,)"), eight), 'numbers of type "<U4"'],
    ["complex numbers", npy(header("<c16", "(1,)"), eight), 'numbers of type "<c16"'],
    ["records", npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", eight), "numbers of type"],
    ["a name of our own table", npy(header("<toString", "(1,)"), eight), 'numbers of type "<toString"'],
    ["a shape that is none", npy(header("<f8", "(-1,)"), eight), "has no shape"],
    ["code in place of a shape", npy(header("<f8", "__import__('os')"), eight), "has no shape"],
    ["too few bytes", npy(header("<f8", "(2, 3)"), eight), "shape (2, 3) needs 48 bytes: the file has 8"],
    ["too many bytes", npy(header("<f8", "()"), new Uint8Array(9)), "shape () needs 8 bytes: the file has 9"],
    [
      "a shape beyond all files",
      npy(header("<f8", "(99999999, 99999999, 99999999)"), eight),
      "is larger than any file",
    ],
    ["an endless number", npy(header("<f8", `(${"9".repeat(400)},)`), eight), "is larger than any file"],
    ["axes without end", npy(header("<f8", `(${"1, ".repeat(65)})`), eight), "65 axes: needs at most 64"],
    [
      "an integer that would be rounded",
      npy(
        header("<i8", "(1,)"),
        eight.map(() => 127),
      ),
      "needs integers up to 2^53",
    ],
  ])("%s", (_name, bytes, message) => {
    expect(() => readNpy(bytes, "a.npy")).toThrow(message);
    expect(() => readNpy(bytes, "a.npy")).toThrow(/^a\.npy: /);
  });

  test("an empty shape is one number, and an axis of length 0 is none", () => {
    expect(readNpy(npy(header("<f8", "()"), eight), "a")).toMatchObject({ shape: [], data: new Float64Array(1) });
    expect(readNpy(npy(header("<f8", "(0, 5)"), new Uint8Array(0)), "a")).toMatchObject({
      shape: [0, 5],
      data: new Float64Array(0),
    });
  });
});

const content = new TextEncoder().encode("x".repeat(5000));
const archives = {
  stored: zipSync({ "a.npy": content }, { level: 0 }),
  deflated: zipSync({ "a.npy": content }, { level: 6 }),
};
/** Where the directory's only entry and the end record are. */
const directory = (bytes: Uint8Array): number => bytes.length - 22 - 46 - 5;
const changed = (bytes: Uint8Array, at: number, ...values: number[]): Uint8Array => {
  const out = bytes.slice();
  out.set(values, at);
  return out;
};

describe("zip archives that are refused", () => {
  const { stored, deflated } = archives;
  test.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(0), "no end of a zip archive"],
    ["text", content, "no end of a zip archive. Is it an npz file, and whole?"],
    ["a cut file", deflated.subarray(0, deflated.length - 30), "no end of a zip archive"],
    [
      "a directory elsewhere",
      changed(stored, stored.length - 6, 9, 9, 0, 0),
      "entry 0 of 1 of the zip directory is not there",
    ],
    ["a file elsewhere", changed(stored, directory(stored) + 42, 7), "a.npy: byte 7: no file begins there"],
    ["a length beyond the end", changed(stored, directory(stored) + 20, 0, 0, 1, 0), "a.npy: 65536 bytes from 35 on"],
    [
      "another size stored",
      changed(stored, directory(stored) + 24, 1),
      "a.npy: 5000 bytes stored: the zip directory says",
    ],
    ["a changed byte", changed(stored, 100, 65), "a.npy: its checksum differs: the file is damaged"],
    [
      "another compression",
      changed(stored, directory(stored) + 10, 12),
      "a.npy: compression 12: needs 0 (stored) or 8 (deflated)",
    ],
    ["a password", changed(stored, directory(stored) + 8, 1), "a.npy: is encrypted"],
    [
      "less than it says",
      changed(deflated, directory(deflated) + 24, 0, 32),
      "a.npy: unpacks to 5000 bytes: the zip directory says 8192",
    ],
    [
      "more than it says",
      changed(deflated, directory(deflated) + 24, 8, 1),
      "a.npy: unpacks to more than the 264 bytes",
    ],
    [
      "more than can be",
      changed(deflated, directory(deflated) + 24, 0, 0, 0, 1),
      "a.npy: 16777216 bytes unpacked: more than deflate can hold",
    ],
    ["two files of a name", twice(stored), 'two files are named "a.npy"'],
    [
      "sizes that need what is not there",
      changed(stored, directory(stored) + 24, 255, 255, 255, 255),
      "a.npy: no zip64 field with its sizes",
    ],
  ])("%s", (_name, bytes, message) => {
    expect(() => readZip(bytes, "a.npz")).toThrow(message);
    expect(() => readZip(bytes, "a.npz")).toThrow(/^a\.npz: /);
  });
});

/** The same directory entry twice. */
function twice(bytes: Uint8Array): Uint8Array {
  const at = directory(bytes);
  const entry = bytes.subarray(at, at + 51);
  const end = changed(bytes.subarray(at + 51), 8, 2, 0, 2, 0);
  return Uint8Array.from([...bytes.subarray(0, at), ...entry, ...entry, ...end]);
}

test("a comment behind the archive is no part of it", () => {
  const { stored } = archives;
  const commented = Uint8Array.from([...changed(stored, stored.length - 2, 3, 0), 1, 2, 3]);
  expect(readZip(commented, "a.npz").get("a.npy")).toEqual(content);
});

describe("any damage: the same content or a LandauError, nothing else", () => {
  const valid = { ...archives, npz: packNpz({ x: { shape: [2, 3], data: new Float64Array(6) } }) };
  test.each(Object.entries(valid))("%s archive", (_name, bytes) => {
    const [[member, original]] = [...readZip(bytes, "a.npz")];
    const damage = fc.array(fc.tuple(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(damage, fc.integer({ min: 0, max: bytes.length }), fc.boolean(), (changes, cut, cuts) => {
        const broken = bytes.slice(0, cuts ? cut : bytes.length);
        for (const [at, value] of changes) if (at < broken.length) broken[at] = value;
        try {
          const files = readZip(broken, "a.npz");
          for (const [name, found] of files) if (name === member) expect(found).toEqual(original);
        } catch (error) {
          expect(error).toMatchObject({ name: "LandauError", kind: "input" });
        }
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  test("npy file", () => {
    const bytes = npy(header("<f4", "(2, 3)"), new Uint8Array(24));
    const value = fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(...new TextEncoder().encode("'(),:<>|fiub0123456789TF ")),
    );
    const damage = fc.array(fc.tuple(fc.integer({ min: 0, max: bytes.length - 1 }), value), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(damage, changes => {
        const broken = bytes.slice();
        for (const [at, value] of changes) broken[at] = value;
        try {
          const { shape, data } = readNpy(broken, "a.npy");
          expect(data.length).toBe(shape.reduce((product, extent) => product * extent, 1));
        } catch (error) {
          expect(error).toMatchObject({ name: "LandauError", kind: "input" });
        }
      }),
      { numRuns: 2000, seed: 4 },
    );
  });
});
