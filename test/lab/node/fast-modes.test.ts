import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  instantiateKernels,
  type Kernels,
  relaxedKernelsAvailable,
  TILE_ROWS,
} from "../../../src/engine/kernels/kernels.ts";
import { model } from "../../../src/engine/model.ts";
import { isLandauError, LandauError } from "../../../src/errors.ts";
import { experimentSystem } from "../../../src/experiments/experiment-system.ts";
import { inlineExecutor } from "../../../src/lab/executor.ts";
import { checkFastModes, fastModeSources, fastModes } from "../../../src/lab/node/fast-modes.ts";
import { examineMachine } from "../../../src/lab/node/machine.ts";
import { type BlasSources, type ForeignCalls, findOpenBlas } from "../../../src/lab/node/open-blas.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import { findRun } from "../../../src/lab/node/run-names.ts";
import { hasV8Flag } from "../../../src/lab/node/v8-flags.ts";
import { plan } from "../../../src/lab/plan.ts";
import { adam } from "../../../src/learning/adam.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { systems } from "../fixture-system.ts";
import { optionsFor, temporaryFolder, walks } from "./run-fixture.ts";

const root = temporaryFolder();

/** What OpenBLAS would be called with; it computes nothing. */
const recorder = () => {
  const calls: { readonly name: string; readonly values: readonly unknown[] }[] = [];
  const koffi: ForeignCalls = {
    version: "0.0.0",
    load: library => {
      if (library === "missing") throw new Error("cannot open shared object file");
      return {
        func:
          name =>
          (...values: unknown[]) => {
            calls.push({ name, values });
            return name === "openblas_get_config" ? "OpenBLAS 9.9.9 Test" : undefined;
          },
      };
    },
    address: () => 1_000_000n,
  };
  const sources = (...libraries: string[]): BlasSources => ({
    importKoffi: async () => ({ default: koffi }),
    libraries,
  });
  return { calls, sources };
};

const withoutKoffi: BlasSources = {
  importKoffi: () => Promise.reject(new Error("Cannot find package 'koffi'")),
  libraries: ["libopenblas.so.0"],
};

const found = await findOpenBlas().catch((error: unknown) => {
  if (isLandauError(error, "input")) return error;
  throw error;
});

const memoryOf = (bytes: number) => {
  const pages = Math.ceil(bytes / 65536);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
};

describe("blas", () => {
  test.each([
    ["gemm32", Float32Array, 3e-6],
    ["gemm64", Float64Array, 1e-14],
  ] as const)(
    "%s: every transpose of ragged products is within its bound of the loop in float64, or refused where it is missing",
    (name, Floats, unit) => {
      if (found instanceof LandauError) {
        expect(found.message).toMatch(/^fast mode blas needs (koffi|OpenBLAS), which is not .*install/);
        return;
      }
      const memory = memoryOf(2 ** 23);
      const own = instantiateKernels(memory);
      const gemm = found.kernels(memory, own, 0)[name];
      const random = stream({ seed: 5, purpose: "blas" });
      for (const [m, n, k] of [
        [1, 1, 1],
        [3, 5, 7],
        [1, 33, 64],
        [64, 1, 33],
        [45, 20, 200],
        [130, 61, 300],
      ])
        for (const transposeA of [0, 1] as const)
          for (const transposeB of [0, 1] as const) {
            const a = new Floats(memory.buffer, 2 ** 21, m * k).map(random.normal);
            const b = new Floats(memory.buffer, 2 ** 22, k * n).map(random.normal);
            new Floats(memory.buffer, 2 ** 21, m * k).set(a);
            new Floats(memory.buffer, 2 ** 22, k * n).set(b);
            const rows = transposeA ? m : Math.ceil(m / TILE_ROWS) * TILE_ROWS;
            const c = new Floats(memory.buffer, 2 ** 22 + 2 ** 21, rows * n + 1).fill(Number.NaN);
            gemm(m, n, k, transposeA, transposeB, 2 ** 21, 2 ** 22, 2 ** 22 + 2 ** 21, 0);
            let error = 0;
            for (let i = 0; i < m; i++)
              for (let j = 0; j < n; j++) {
                let sum = 0;
                for (let l = 0; l < k; l++)
                  sum += a[transposeA ? l * m + i : i * k + l] * b[transposeB ? j * k + l : l * n + j];
                error = Math.max(error, Math.abs(sum - c[i * n + j]));
              }
            expect(error).toBeLessThan(unit * Math.sqrt(k));
            expect(c[rows * n]).toBeNaN();
          }
    },
  );

  test("takes products of 50 thousand operations and more, in whole tiles of rows, with addresses in the program's memory; ours stay below", async () => {
    const { calls, sources } = recorder();
    const { kernels } = await findOpenBlas(sources("there"));
    const below: number[][] = [];
    const gemm = (...values: number[]) => void below.push(values);
    const { gemm32, gemm64 } = kernels(memoryOf(1), { gemm32: gemm, gemm64: gemm } as unknown as Kernels);
    calls.length = 0;
    gemm32(25, 40, 25, 1, 0, 16, 32, 48, 64);
    gemm64(25, 40, 25, 0, 1, 16, 32, 48, 64);
    gemm32(25, 40, 24, 0, 0, 16, 32, 48, 64);
    gemm64(1, 1, 1, 1, 1, 16, 32, 48, 64);
    expect(calls).toEqual([
      { name: "cblas_sgemm", values: [101, 112, 111, 25, 40, 25, 1, 1_000_016, 25, 1_000_032, 40, 0, 1_000_048, 40] },
      { name: "cblas_dgemm", values: [101, 111, 112, 28, 40, 25, 1, 1_000_016, 25, 1_000_032, 25, 0, 1_000_048, 40] },
    ]);
    expect(below).toEqual([
      [25, 40, 24, 0, 0, 16, 32, 48, 64],
      [1, 1, 1, 1, 1, 16, 32, 48, 64],
    ]);
  });

  test("uses one thread of the first library that loads", async () => {
    const { calls, sources } = recorder();
    expect(await findOpenBlas(sources("missing", "there"))).toMatchObject({ koffi: "0.0.0", version: "9.9.9 Test" });
    expect(calls).toContainEqual({ name: "openblas_set_num_threads", values: [1] });
  });

  test("without koffi, says how to get it", async () => {
    await expect(findOpenBlas(withoutKoffi)).rejects.toThrow(
      new LandauError("input", "fast mode blas needs koffi, which is not installed: npm install koffi"),
    );
  });

  test("without OpenBLAS, says where it was looked for", async () => {
    await expect(findOpenBlas(recorder().sources("missing"))).rejects.toThrow(
      /^fast mode blas needs OpenBLAS, which is not on this machine \(looked for missing\)/,
    );
  });
});

describe("modes of V8", () => {
  const lacking = { ...fastModeSources, hasV8Flag: () => false, isRelaxedAvailable: () => false };

  test("a flag is known or not without a word on the terminal", () => {
    expect(hasV8Flag("--stack-size")).toBe(true);
    expect(hasV8Flag("--no-such-flag")).toBe(false);
    expect(hasV8Flag("--stack")).toBe(false);
  });

  test("relaxed: what turns it on lets its kernels compile", async () => {
    expect(await fastModes(["relaxed"])).toEqual({ relaxed: true });
    expect(relaxedKernelsAvailable()).toBe(true);
    await expect(fastModes(["relaxed"], lacking)).rejects.toThrow(/^fast mode relaxed needs a JavaScript engine/);
  });

  test("revectorize: programs take vectors in pairs; refused where V8 does not have it", async () => {
    await expect(checkFastModes(["revectorize"], lacking)).rejects.toThrow(
      /^fast mode revectorize needs a V8 with --experimental-wasm-revectorize, .*: use Node 24$/,
    );
    if (hasV8Flag("--experimental-wasm-revectorize"))
      expect(await fastModes(["revectorize"])).toEqual({ inPairs: true });
    else await expect(fastModes(["revectorize"])).rejects.toThrow(/: use Node 24$/);
  });

  test("native-fma: refused without a compiler, and beside another mode that replaces products", async () => {
    const findToolchain = () => {
      throw new LandauError("input", "no C compiler on the path: install gcc or clang");
    };
    await expect(checkFastModes(["native-fma"], { ...fastModeSources, findToolchain })).rejects.toThrow(
      "fast mode native-fma needs native code: no C compiler on the path: install gcc or clang",
    );
    await expect(checkFastModes(["relaxed", "native-fma"])).rejects.toThrow(
      "fast modes relaxed and native-fma both replace the products of matrices: choose one of them",
    );
  });

  test("a machine that lacks everything says so of each", async () => {
    const findNothing = () => findOpenBlas(recorder().sources("missing"));
    const machine = await examineMachine({ ...lacking, findOpenBlas: findNothing }, withoutKoffi);
    for (const one of [machine.relaxed, machine.revectorize, machine.koffi, machine.openBlas])
      expect(one).toMatchObject({ isThere: false, why: /^fast mode \w+ needs / });
    expect(machine).toMatchObject({ node: process.versions.node, simd: { isThere: true } });
  });
});

describe("a run", () => {
  const random = stream({ seed: 2, purpose: "data" });
  const net = experimentSystem(
    "net",
    {
      model: model((m, { x, y }) => m.squaredError(m.linear("out", m.tanh(m.linear("hidden", x, 40)), 1), y)),
      data: {
        x: Array.from({ length: 60 }, () => [random.normal(), random.normal()]),
        y: Array.from({ length: 60 }, () => [random.normal()]),
      },
      optimiser: adam({ stepSize: 0.01 }),
      steps: 20,
    },
    "0123456789abcdef",
  );
  const own = { net };
  const netSpec = {
    system: "net",
    seed: 1,
    studies: [{ name: "train", protocol: "train", chains: 2, chunk: 2, settings: {} }],
  };
  const options = { systems: own, executor: inlineExecutor(own, fastModes) };

  test("computes in its fast modes and records them; the deterministic mode keeps its bits before and after", async () => {
    const start = (fast?: ["relaxed"]) =>
      startRun(optionsFor(join(root.path, "net"), { ...options, spec: { ...netSpec, ...(fast && { fast }) } }));
    const before = await start();
    const run = await start(["relaxed"]);
    const after = await start();
    expect(JSON.parse(readFileSync(join(run.path, "run.json"), "utf8")).spec.fast).toEqual(["relaxed"]);
    expect(after.contentHash).toBe(before.contentHash);
    expect(run.tasks[0].id).not.toBe(before.tasks[0].id);
    const loss = (of: typeof run) => Number(of.records("train", "final")[0].loss);
    expect(Math.abs(loss(run) / loss(before) - 1)).toBeLessThan(1e-4);
  });

  test("keeps them when it is resumed, and the version of OpenBLAS", async () => {
    const folder = join(root.path, "resumed");
    const controller = new AbortController();
    controller.abort();
    const executor = inlineExecutor(systems, fastModes);
    const spec = { ...walks, fast: ["relaxed"] as const };
    await expect(startRun(optionsFor(folder, { spec, executor, signal: controller.signal }))).rejects.toThrow(
      /landau resume/,
    );
    const run = await resumeRun("last", optionsFor(folder, { executor }));
    expect(run.spec.fast).toEqual(["relaxed"]);
    expect(run.tasks).toEqual(plan(run.spec, systems));

    await expect(startRun(optionsFor(folder, { signal: controller.signal }))).rejects.toThrow(/landau resume/);
    const path = join(findRun("last", folder), "run.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...manifest, versions: { ...manifest.versions, openblas: "0.1.0" } }));
    await expect(resumeRun("last", optionsFor(folder))).rejects.toThrow(/was begun with OpenBLAS 0\.1\.0/);
  });

  test("is not begun when a mode is missing", async () => {
    if (hasV8Flag("--experimental-wasm-revectorize")) expect(await checkFastModes(["revectorize"])).toEqual({});
    else {
      const folder = join(root.path, "refused");
      const spec = { ...walks, fast: ["revectorize"] as const };
      await expect(startRun(optionsFor(folder, { spec }))).rejects.toThrow(/^fast mode revectorize needs/);
      expect(() => readFileSync(folder)).toThrow(/ENOENT/);
    }
  });
});
