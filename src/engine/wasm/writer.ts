import { signed, unsigned } from "./encoding.ts";
import type { FunctionBody } from "./module.ts";

/** Opcodes that are written by more than one hand. */
export const I32_ADD = 0x6a;
export const I32_SUB = 0x6b;
export const I32_MUL = 0x6c;
export const I32_LESS = 0x48;
export const I32_LOAD = 0x28;
export const LOOP = [0x03, 0x40];
export const BRANCH_IF = [0x0d, 0x00];
export const END = 0x0b;
export const DROP = 0x1a;
export const SELECT = 0x1b;
export const MEMORY_FILL = [0xfc, 0x0b, 0x00];

/** Appends instructions to the body of a function. */
export interface Writer {
  write(...bytes: (number | readonly number[])[]): void;
  get(local: number): void;
  set(local: number): void;
  tee(local: number): void;
  integer(value: number): void;
  call(index: number): void;
}

export const writer = ({ code }: FunctionBody): Writer => {
  const write = (...bytes: (number | readonly number[])[]) => {
    // Counted: the iterators of for-of are most of the garbage of a first call.
    for (let i = 0; i < bytes.length; i++) {
      const part = bytes[i];
      if (typeof part === "number") code.push(part);
      else code.push(...part);
    }
  };
  return {
    write,
    get: local => write(0x20, unsigned(local)),
    set: local => write(0x21, unsigned(local)),
    tee: local => write(0x22, unsigned(local)),
    integer: value => write(0x41, signed(value | 0)),
    call: index => write(0x10, unsigned(index)),
  };
};

/** What follows the opcode of a load or a store: no alignment is promised. */
export const memoryArgument = (offset: number): number[] => [0, ...unsigned(offset)];
