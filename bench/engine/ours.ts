import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastModes } from "../../src/engine/fast-modes.ts";
import { peakKernels } from "../../src/engine/kernels/peak.ts";
import { fastModes } from "../../src/lab/node/fast-modes.ts";
import { openCache } from "../../src/lab/node/native/cache.ts";
import { build } from "../../src/lab/node/native/library.ts";
import { findToolchain } from "../../src/lab/node/native/road.ts";
import { findOpenBlas } from "../../src/lab/node/open-blas.ts";
import { hasV8Flag } from "../../src/lab/node/v8-flags.ts";
import { serve, type Workload } from "../shared/serve.ts";
import { models, orderTable, start } from "./models.ts";
import { nativePeak } from "./native-peak.ts";
import { training } from "./training.ts";

interface Settings {
  /** Where the peers find the data. */
  readonly folder: string;
  readonly model: string;
  readonly chains: number;
  /** Steps of one call. */
  readonly steps: number;
  /** Steps after which all engines must agree. */
  readonly checks: number;
}

const openBlas = await findOpenBlas().catch(() => undefined);
const tools = (() => {
  try {
    return findToolchain();
  } catch {
    return undefined;
  }
})();

/** The way that programs of this process take; a cold cache is one of its own, which nothing was compiled into before. */
const road = process.argv[2] ?? "WebAssembly";

const modesOf = async (): Promise<FastModes> => {
  if (road === "OpenBLAS")
    return fastModes(hasV8Flag("--experimental-wasm-revectorize") ? ["blas", "revectorize"] : ["blas"]);
  if (road === "WebAssembly") return {};
  const cache = road.endsWith("cold cache") ? openCache(join(ownFolder(), "native")) : tools!.cache;
  // From the first step on, where a run would change over once that pays.
  return { accelerate: program => build(program, { ...tools!, cache }, road === "native-fma") };
};

const ownFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.on("SIGTERM", () => process.exit(0));
  return folder;
};

const modes = await modesOf();

/** Writes what the peers need to know of a model. The timed work is not in here. */
const share = ({ folder, model: name, chains, steps }: Settings): Workload => {
  const model = models[name];
  const data = Object.entries(model.data());
  const starts = Array.from({ length: chains }, (_, chain) => Object.values(start(model, chain)));
  for (const [array, { values }] of data) writeFileSync(join(folder, `${name}-${array}`), values);
  writeFileSync(join(folder, `${name}-start`), Float32Array.from(starts.flat().flatMap(values => [...values])));
  writeFileSync(join(folder, `${name}-order`), orderTable(model, steps));
  const { batch = null, rate, parameters } = model;
  const kinds = data.map(([array, { shape, values }]) => [
    array,
    { shape, type: values instanceof Int32Array ? "int32" : "float32" },
  ]);
  const shapes = Object.entries(parameters).map(([parameter, { shape }]) => [parameter, shape]);
  const manifest = { batch, rate, data: Object.fromEntries(kinds), parameters: Object.fromEntries(shapes) };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(manifest));
  return { units: 1, check: () => [], run: () => {} };
};

/** A unit is a step of one chain. */
const train = ({ model: name, chains, steps, checks }: Settings): Workload => {
  const model = models[name];
  const data = model.data();
  const order = orderTable(model, steps);
  const begin = () => {
    const made = training(model, { data, chains, order, modes });
    for (let chain = 0; chain < chains; chain++)
      for (const [parameter, values] of Object.entries(start(model, chain)))
        made.program.write(parameter, values, { chain });
    return made;
  };
  const { steps: makeSteps, program } = begin();
  let step = 0;
  return {
    units: steps * chains,
    /** How far the first steps move the parameters of each chain, in units of the rate. */
    check() {
      const { steps, program } = begin();
      steps(0, checks);
      return Array.from({ length: chains }, (_, chain) =>
        Object.entries(start(model, chain)).flatMap(([parameter, from]) =>
          [...program.read(parameter, { chain })].map((value, i) => (value - from[i]) / model.rate),
        ),
      ).flat();
    },
    run(calls) {
      for (let call = 0; call < calls; call++, step += steps) makeSteps(step, steps);
      if (!Number.isFinite(program.readNumber("loss")))
        throw new Error(`${name}: the loss is not finite after ${step} steps`);
    },
  };
};

/**
 * Milliseconds to trace and compile one model, and to make the first step, in a process that has not done so before: CPU time, which other work does not stretch; with a
 * cold cache wall time, as the compiler of C is a process of its own.
 */
const first = ({ model: name }: Settings): Workload => {
  const model = models[name];
  const data = model.data();
  const order = orderTable(model, 1);
  // The compiler of JavaScript still works on what made the data, in threads of its own.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  const [before, start] = [process.cpuUsage(), performance.now()];
  const spent = () => {
    if (road.endsWith("cold cache")) return performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const { steps } = training(model, { data, chains: 1, order, modes });
  const compiled = spent();
  steps(0, 1);
  return { units: 1, check: () => [compiled, spent()], run: () => {} };
};

const PEAK_ITERATIONS = 10_000;
const PEAK_FLOPS = 224;

/** The ceiling of multiplications and additions in float32, of 128 bits or in native code as wide as they are there; checked are the bits. A unit is one floating-point operation. */
const peak = (): Workload => {
  if (road === "native") {
    const { lanes, flopsOfIteration, run } = nativePeak(tools!);
    return {
      units: PEAK_ITERATIONS * flopsOfIteration,
      check: () => [32 * lanes],
      run(calls) {
        for (let call = 0; call < calls; call++) run(PEAK_ITERATIONS);
      },
    };
  }
  const kernels = peakKernels();
  return {
    units: PEAK_ITERATIONS * PEAK_FLOPS,
    check: () => [128],
    run(calls) {
      for (let call = 0; call < calls; call++) kernels.peak32(PEAK_ITERATIONS);
    },
  };
};

serve<Settings>(
  {
    Node: process.versions.node,
    V8: process.versions.v8,
    ...(openBlas && { OpenBLAS: openBlas.version, koffi: openBlas.koffi }),
    ...(tools && { compiler: tools.compiler.version(), koffi: tools.koffi.version }),
  },
  { share, train, first, peak },
);
