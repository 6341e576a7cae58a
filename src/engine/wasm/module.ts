import { type Bytes, joined, section, signed, text, unsigned, vector } from "./encoding.ts";

export type ValueType = "i32" | "f32" | "f64" | "v128";

const typeBytes: { readonly [type in ValueType]: number } = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b };

export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

/** A function under construction: its code, and the locals that the code asks for. */
export interface FunctionBody {
  readonly code: number[];
  /** A new local; the parameters come first. */
  local(type: ValueType): number;
}

/** Puts a module together from imported functions and own ones, over one imported memory. */
export interface ModuleBuilder {
  /** The index by which an imported function of module "kernels" is called; the same for the same name. */
  imported(name: string, type: FunctionType): number;
  /** Adds a function and returns the index by which it is called. */
  define(type: FunctionType, write: (body: FunctionBody) => void, exported?: string): number;
  /** What memory holds from an address on. */
  data(address: number, bytes: readonly number[]): void;
  /** The finished module. */
  bytes(memoryPages: number): Uint8Array<ArrayBuffer>;
}

interface Defined {
  readonly type: number;
  readonly locals: readonly ValueType[];
  readonly code: readonly number[];
  readonly exported?: string;
}

/** Imported functions are numbered before own ones, so all imports are declared before the first own function. */
export const moduleBuilder = (): ModuleBuilder => {
  const types: string[] = [];
  const typeEntries: Bytes[] = [];
  const imports = new Map<string, { readonly index: number; readonly type: number }>();
  const functions: Defined[] = [];
  const segments: Bytes[] = [];

  const typeIndex = ({ parameters, results }: FunctionType): number => {
    const key = `${parameters.join()}>${results.join()}`;
    const known = types.indexOf(key);
    if (known >= 0) return known;
    const list = (values: readonly ValueType[]) => vector(values.map(type => [typeBytes[type]]));
    typeEntries.push(joined([[0x60], list(parameters), list(results)]));
    return types.push(key) - 1;
  };

  return {
    imported(name, type) {
      const known = imports.get(name);
      if (known) return known.index;
      if (functions.length > 0) throw new Error(`import ${name} comes after own functions`);
      const index = imports.size;
      imports.set(name, { index, type: typeIndex(type) });
      return index;
    },
    define(type, write, exported) {
      const code: number[] = [];
      const locals: ValueType[] = [];
      const first = type.parameters.length;
      write({ code, local: kind => first + locals.push(kind) - 1 });
      functions.push({ type: typeIndex(type), locals, code, exported });
      return imports.size + functions.length - 1;
    },
    data(address, bytes) {
      segments.push(joined([[0x00, 0x41], signed(address), [0x0b], unsigned(bytes.length), bytes]));
    },
    bytes(memoryPages) {
      const importEntries = [
        [...text("env"), ...text("memory"), 0x02, 0x00, ...unsigned(memoryPages)],
        ...[...imports].map(([name, { type }]) => [...text("kernels"), ...text(name), 0x00, ...unsigned(type)]),
      ];
      const exportEntries = functions.flatMap(({ exported }, i) =>
        exported === undefined ? [] : [[...text(exported), 0x00, ...unsigned(imports.size + i)]],
      );
      const bodies = functions.map(({ locals, code }) => {
        const declared = vector(locals.map(type => [1, typeBytes[type]]));
        return joined([unsigned(declared.length + code.length + 1), declared, code, [0x0b]]);
      });
      return joined([
        [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
        section(1, vector(typeEntries)),
        section(2, vector(importEntries)),
        section(3, vector(functions.map(({ type }) => unsigned(type)))),
        section(7, vector(exportEntries)),
        section(10, vector(bodies)),
        section(11, vector(segments)),
      ]);
    },
  };
};
