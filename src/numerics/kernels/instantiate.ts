import { LandauError } from "../../errors.ts";

/** A module of kernels as the build script leaves it: hexadecimal, with another form that fuses multiplications with additions where there is one. */
export interface KernelModule {
  readonly names: readonly string[];
  readonly deterministic: string;
  readonly relaxed?: string;
}

export interface KernelSettings {
  /**
   * Fused multiply-add where the processor has it: faster on some processors, other bits on others. False when absent.
   * Node 20 knows the instruction only behind a flag of V8 set before the first call.
   */
  readonly relaxed?: boolean;
}

/**
 * Binds the kernels of some modules to a memory: whoever needs one module names it alone, and a bundle holds no other. A module is
 * compiled, once per thread, when one of its kernels is first asked for.
 */
export const instantiate = <Kernels>(
  modules: { readonly [name: string]: KernelModule },
  memory: WebAssembly.Memory,
  settings: KernelSettings = {},
): Kernels => {
  const kernels = {};
  for (const module of Object.values(modules)) {
    const exported = once(() => new WebAssembly.Instance(compiled(module, settings), { env: { memory } }).exports);
    for (const kernel of module.names)
      Object.defineProperty(kernels, kernel, { enumerable: true, get: () => exported()[kernel] });
  }
  return kernels as Kernels;
};

/** The WebAssembly of a module; the relaxed form when it is asked for and there is one. */
export const bytesOf = (module: KernelModule, { relaxed = false }: KernelSettings): Uint8Array<ArrayBuffer> => {
  const text = relaxed ? (module.relaxed ?? module.deterministic) : module.deterministic;
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
};

const cache = new Map<string, WebAssembly.Module>();

const compiled = (module: KernelModule, settings: KernelSettings): WebAssembly.Module => {
  const isRelaxed = settings.relaxed === true && module.relaxed !== undefined;
  const key = `${module.names[0]} ${isRelaxed}`;
  let made = cache.get(key);
  if (!made) {
    const bytes = bytesOf(module, settings);
    if (isRelaxed && !WebAssembly.validate(bytes))
      throw new LandauError(
        "input",
        "relaxed kernels need an engine with relaxed SIMD: use Node 22 or later or a recent browser, or leave relaxed off",
      );
    made = new WebAssembly.Module(bytes);
    cache.set(key, made);
  }
  return made;
};

const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};
