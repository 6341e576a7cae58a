import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FastModes, Lowered } from "../../../../src/engine/fast-modes.ts";
import { graph } from "../../../../src/engine/graph/graph.ts";
import { ops } from "../../../../src/engine/graph/ops.ts";
import { compile } from "../../../../src/engine/program.ts";
import type { RunFunction } from "../../../../src/engine/wasm/emit-program.ts";
import { cacheFolder, openCache } from "../../../../src/lab/node/native/cache.ts";
import { findCompiler } from "../../../../src/lab/node/native/compiler.ts";
import { build } from "../../../../src/lab/node/native/library.ts";
import { type NativeSources, nativeRoad, nativeSources, roadText } from "../../../../src/lab/node/native/road.ts";
import { emptyFolder } from "../../../support/scratch.ts";
import { emptyCache, toolchain } from "./tools.ts";

/** What compiles is a shell script, so that machines without a compiler run most of this. */
const script = (text: string): ReturnType<typeof findCompiler> => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "cc"), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return findCompiler({ PATH: `${folder}:${process.env.PATH}` });
};

/** A clock on which every call of a program takes a minute. */
const slowClock = () => {
  let now = 0;
  return () => {
    now += 60_000;
    return now;
  };
};

const sourcesWith = (change: Partial<NativeSources>): NativeSources => ({
  ...nativeSources,
  environment: {},
  now: slowClock(),
  loadKoffi: () => toolchain?.koffi ?? ({} as never),
  findCompiler: () => toolchain?.compiler ?? script("exit 3"),
  openCache: emptyCache,
  ...change,
});

/** A program that counts to itself. */
const counter = (step: number, accelerate: FastModes["accelerate"]) => {
  const own = graph();
  const m = ops(own);
  const count = own.parameter("count", [37]);
  const goal = { outputs: {}, updates: [{ parameter: count as never, node: m.add(count, step) }] };
  return compile(own, goal, { precision: "f32", chains: 1, stepsPerCall: 2, accelerate });
};

/** Some of its calls; and what was said. */
const counting = (sources: NativeSources, step = 0.1, calls = 10) => {
  const notes: string[] = [];
  const program = counter(step, nativeRoad(note => notes.push(note), sources).accelerate);
  for (let call = 0; call < calls; call++) program.run(2, { from: 2 * call, seed: 1 });
  return { count: program.read("count"), notes };
};

const expected = counting(sourcesWith({ environment: { LANDAU_NATIVE: "0" } })).count;

describe.skipIf(process.platform === "win32")("the run goes on, with the same numbers and one note", () => {
  test.each<[string, () => Partial<NativeSources>, RegExp]>([
    [
      "without a compiler",
      () => ({ findCompiler: () => undefined }),
      /^no C compiler on the path: install gcc or clang$/,
    ],
    ["without koffi", () => ({ loadKoffi: () => undefined }), /^koffi is not installed: npm install koffi$/],
    [
      "with a compiler that fails",
      () => ({ findCompiler: () => script("echo 'x.c:1: error: no such thing' >&2; exit 4") }),
      /cc ended with 4: x\.c:1: error: no such thing$/,
    ],
    ["with one that is killed", () => ({ findCompiler: () => script("kill -9 $$") }), /cc was ended by SIGKILL$/],
    [
      "with one that writes no library",
      () => ({ findCompiler: () => script("echo nonsense > program.so") }),
      /^cannot be loaded: /,
    ],
    ["switched off", () => ({ environment: { LANDAU_NATIVE: "0" } }), /^LANDAU_NATIVE=0$/],
    [
      "with a cache that others can write to",
      () => ({
        openCache: () => {
          const folder = join(emptyFolder(), "native");
          mkdirSync(folder);
          chmodSync(folder, 0o777);
          return openCache(folder);
        },
      }),
      /native can be written to by others: chmod go-w makes it safe$/,
    ],
    [
      "with a cache that cannot be made",
      () => ({
        openCache: () => {
          const file = join(emptyFolder(), "file");
          writeFileSync(file, "");
          return openCache(join(file, "native"));
        },
      }),
      /^the cache .* cannot be made \((ENOTDIR|EEXIST)\)$/,
    ],
    [
      "with a cache that is gone when it is needed",
      () => ({
        openCache: () => {
          const cache = emptyCache();
          rmSync(cache.folder, { recursive: true });
          return cache;
        },
      }),
      /^the cache .* cannot be written to \(ENOENT\)$/,
    ],
  ])("%s", (_, change, note) => {
    const { count, notes } = counting(sourcesWith(change()));
    expect(count).toEqual(expected);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(note);
  });

  test("loops stay plain where there is no compiler, are asked for once, and say so once", () => {
    let asked = 0;
    const findNone = () => {
      asked++;
      return undefined;
    };
    const notes: string[] = [];
    const { loops } = nativeRoad(note => notes.push(note), sourcesWith({ findCompiler: findNone }));
    expect([0, 29, 31, 5000, 1e9].map(spent => loops(spent))).toEqual(Array(5).fill(undefined));
    expect([asked, notes]).toEqual([1, ["no C compiler on the path: install gcc or clang"]]);
  });

  test("the record of a run names the road", () => {
    expect(roadText(sourcesWith({ findCompiler: () => undefined }))).toBe(
      "WebAssembly: no C compiler on the path: install gcc or clang",
    );
    expect(roadText(sourcesWith({ findCompiler: () => script("exit 0") }))).toMatch(
      /^native code for long work, by .*\/cc;/,
    );
  });
});

test.skipIf(!toolchain)("loops are looked for in the cache, compiled when that pays, and kept", () => {
  const cache = emptyCache();
  const compiled = () => readdirSync(cache.folder).length;
  const { loops } = nativeRoad(() => {}, sourcesWith({ openCache: () => cache }));
  expect([loops(29), loops(31), loops(600), compiled()]).toEqual([undefined, undefined, undefined, 0]);
  const built = loops(5000);
  expect([typeof built?.normals, compiled()]).toEqual(["function", 1]);
  expect(loops(5001)).toBe(built);
  const again = nativeRoad(() => {}, sourcesWith({ openCache: () => cache })).loops;
  expect(typeof again(31)?.multiply).toBe("function");
});

describe("the cache", () => {
  test("lies where the system keeps those of a user; a relative folder is not one", () => {
    expect(cacheFolder({ XDG_CACHE_HOME: "/caches" })).toBe("/caches/landau/native");
    expect(cacheFolder({ XDG_CACHE_HOME: "caches" })).toMatch(/^\/.*landau.native$/);
  });

  test("a library is found when it is whole, and thrown away when it is cut or changed", () => {
    const cache = emptyCache();
    const fill = () =>
      cache.fill("one", folder => {
        writeFileSync(join(folder, "made"), "library");
        return { path: join(folder, "made"), note: "what lies where: \u00e4" };
      });
    const { path, note } = fill();
    expect(cache.find("one")).toEqual({ path, note });
    expect(readdirSync(cache.folder)).toEqual(["one.so"]);
    truncateSync(path, statSync(path).size - 1);
    expect(cache.find("one")).toBeUndefined();
    expect(readdirSync(cache.folder)).toEqual([]);
    for (let i = 0; i < statSync(fill().path).size; i++) {
      const bytes = readFileSync(path);
      bytes[i] ^= 1;
      writeFileSync(path, bytes);
      expect(cache.find("one"), `byte ${i}`).toBeUndefined();
      fill();
    }
    chmodSync(path, 0o777);
    expect(cache.find("one")).toBeUndefined();
  });

  test("of two that make the same library at once both get a whole one", () => {
    const cache = emptyCache();
    const make = (text: string, meanwhile: () => void) =>
      cache.fill("one", folder => {
        const path = join(folder, "made");
        writeFileSync(path, text);
        meanwhile();
        return { path };
      });
    make("first", () => make("second", () => {}));
    expect(readFileSync(cache.find("one")!.path, "utf8")).toMatch(/^first/);
    expect(readdirSync(cache.folder)).toEqual(["one.so"]);
  });
});

describe.skipIf(!toolchain)("with all that is needed", () => {
  test("work that is long enough goes on as native code, the second time from the cache", () => {
    const cache = emptyCache();
    const first = counting(sourcesWith({ openCache: () => cache }));
    expect(first).toEqual({ count: expected, notes: [] });
    const [name] = readdirSync(cache.folder);
    expect(name).toMatch(/^[0-9a-f]{40}\.so$/);
    const findCompiler = () => ({
      ...toolchain!.compiler,
      compile: () => {
        throw new Error("was compiled again");
      },
    });
    expect(counting(sourcesWith({ openCache: () => cache, findCompiler }))).toEqual(first);
  });

  test("a library in the cache is known by the program's text, and tells where its arrays lie", () => {
    const cache = emptyCache();
    const program = (printer: string, step = 0.1, isFused = false) => {
      const own = counter(step, lowered => build(lowered, { ...toolchain!, cache, printer }, isFused));
      for (let call = 0; call < 10; call++) own.run(2, { from: 2 * call, seed: 1 });
      if (step === 0.1) expect(own.read("count")).toEqual(expected);
      return own.memoryBytes;
    };
    const size = program("sources");
    const [file] = readdirSync(cache.folder);
    const { path, note } = cache.find(file.slice(0, -3))!;
    // What was noted is taken at its word, by which it is seen that nothing was lowered.
    cache.fill(file.slice(0, -3), folder => {
      copyFileSync(path, join(folder, "made"));
      return { path: join(folder, "made"), note: JSON.stringify({ ...JSON.parse(note), size: size + 65536 }) };
    });
    expect(program("sources")).toBe(size + 65536);
    // Other sources, another program, other bits: all are made anew.
    expect([program("others"), program("sources", 0.2), program("sources", 0.1, true)]).toEqual([size, size, size]);
    expect(readdirSync(cache.folder)).toHaveLength(4);
    // So is what was torn.
    const bytes = readFileSync(path);
    rmSync(path);
    writeFileSync(path, bytes.subarray(0, -1), { mode: 0o600 });
    expect([program("sources"), cache.find(file.slice(0, -3))?.note]).toEqual([size, note]);
  });

  test.each([undefined, "sources"])(
    "once one program was in the cache the next is looked for at once, until one is not there: %s",
    printer => {
      const cache = emptyCache();
      counting(sourcesWith({ openCache: () => cache, printer }), 0.1);
      counting(sourcesWith({ openCache: () => cache, printer }), 0.2);
      let time = 0;
      const { accelerate } = nativeRoad(() => {}, sourcesWith({ openCache: () => cache, now: () => time, printer }));
      /** How many of so many calls, of ten milliseconds each, were WebAssembly. */
      const calls = (step: number, count: number) => {
        let plain = 0;
        const program = counter(step, lowered =>
          accelerate({
            ...lowered,
            webAssembly:
              () =>
              (...call) => {
                plain++;
                time += 10;
                lowered.webAssembly()(...call);
              },
          }),
        );
        for (let call = 0; call < count; call++) program.run(2, { from: 2 * call, seed: 1 });
        return plain;
      };
      expect([0.1, 0.2, 0.3, 0.1].map(step => calls(step, 6))).toEqual([3, 0, 6, 3]);
    },
  );

  /** Fifty calls beside a clock by which one takes a minute, and as native code so many more; how many were native. */
  const heldUp = (minutes: (call: number) => number) => {
    let [time, calls] = [0, 0];
    const koffi = {
      ...toolchain!.koffi,
      load(path: string) {
        const library = toolchain!.koffi.load(path);
        const func: typeof library.func = (...shape) => {
          const run = library.func(...shape) as (...values: unknown[]) => unknown;
          return ((...values: unknown[]) => {
            time += 60_000 * minutes(calls++);
            return run(...values);
          }) as never;
        };
        return { func };
      },
    };
    const now = () => {
      time += 60_000;
      return time;
    };
    const { count, notes } = counting(sourcesWith({ now, loadKoffi: () => koffi as never }), 0.1, 50);
    expect({ count, notes }).toEqual({ count: counting(plain, 0.1, 50).count, notes: [] });
    return calls;
  };
  const plain = sourcesWith({ environment: { LANDAU_NATIVE: "0" } });

  test("native code that is slower than WebAssembly is left again", () => {
    expect(heldUp(() => 1.5)).toBe(30);
  });

  test("native code whose calls are held up by other work, but not all of them, stays", () => {
    const calls = heldUp(() => 0);
    expect(heldUp(call => (call === 20 ? 0 : 3))).toBe(calls);
    expect(calls).toBeGreaterThan(40);
  });

  /** A road with a clock that stands still but for calls, of 50 milliseconds each as WebAssembly, and for compiling. */
  const ensembles = (compiling: number) => {
    let time = 0;
    const findCompiler = (): ReturnType<NativeSources["findCompiler"]> => ({
      ...toolchain!.compiler,
      compile(source, folder) {
        time += compiling;
        return toolchain!.compiler.compile(source, folder);
      },
    });
    const { accelerate } = nativeRoad(() => {}, sourcesWith({ now: () => time, findCompiler }));
    const webAssembly = (lowered: Lowered, made: () => void) => (): RunFunction => {
      const run = lowered.webAssembly();
      return (...call) => {
        made();
        time += 50;
        run(...call);
      };
    };
    /** How many of a member's three calls were WebAssembly. */
    return (step: number) => {
      let plain = 0;
      const made = () => void plain++;
      const program = counter(step, lowered => accelerate({ ...lowered, webAssembly: webAssembly(lowered, made) }));
      for (let call = 0; call < 3; call++) program.run(2, { from: 2 * call, seed: 1 });
      return plain;
    };
  };

  test("members of an ensemble whose work is too short for each to be compiled are compiled once it is long enough for all", () => {
    // Compiling takes 0.14 seconds, somewhat more than is expected, and no library is looked for at a first call before one was there.
    expect([0.1, 0.1, 0.1, 0.2, 0.3].map(ensembles(145))).toEqual([3, 1, 0, 3, 3]);
  });

  test("once a program was compiled it is known how long that takes", () => {
    expect([0.1, 0.1, 0.2].map(ensembles(40))).toEqual([3, 1, 1]);
    expect([0.1, 0.1, 0.2, 0.2].map(ensembles(260))).toEqual([3, 1, 3, 3]);
  });

  test("short work is not compiled", () => {
    const cache = emptyCache();
    counting(sourcesWith({ openCache: () => cache, now: () => 0 }));
    expect(readdirSync(cache.folder)).toEqual([]);
  });

  test("a torn library in the cache is compiled again", () => {
    const cache = emptyCache();
    counting(sourcesWith({ openCache: () => cache }));
    const path = join(cache.folder, readdirSync(cache.folder)[0]);
    const bytes = readFileSync(path);
    // The file itself is mapped into this process, which would not survive its cutting.
    rmSync(path);
    writeFileSync(path, bytes.subarray(0, 1000), { mode: 0o600 });
    expect(counting(sourcesWith({ openCache: () => cache })).count).toEqual(expected);
    expect(statSync(path).size).toBe(bytes.length);
  });
});
