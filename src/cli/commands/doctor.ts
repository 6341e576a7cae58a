import type { Command } from "commander";
import { callText } from "../../call-text.ts";
import { isLandauError } from "../../errors.ts";
import type { FastModeName } from "../../lab/fast-modes.ts";
import type { Speed } from "../../lab/node/kernel-speed.ts";
import type { Found, Machine } from "../../lab/node/machine.ts";
import type { Toolchain } from "../../lab/node/native/library.ts";
import type { LoopSpeed, NativeSpeed } from "../../lab/node/native/speed.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { coloursOf, printJson, printLine, type Terminal, widthOf } from "../terminal.ts";
import { textTable } from "../text-table.ts";

export const doctorCommand = (session: Session): Command =>
  makeCommand(session, "doctor", "what this machine offers for computing, and how fast each of it is")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `\nMeasures products of two 256 x 256 matrices on one core in the deterministic mode and in each fast mode that is there\n(${callText("train SYSTEM --fast MODE")}), and beside them the loop of 128-bit multiplications and additions that no deterministic product can beat.`,
    )
    .addHelpText("after", examples("doctor", "doctor --json"))
    .action(async ({ json }: { json?: true }) => {
      const { terminal } = session;
      const { examineMachine } = await import("../../lab/node/machine.ts");
      const machine = await examineMachine();
      if (!json) printMachine(terminal, machine);
      if (machine.simd.isThere) printLine(terminal.stderr, "measuring, a few seconds");
      const speeds = await measure(machine);
      const native = await measureNative(machine, (speeds, tools) => speeds.nativeSpeed(tools));
      const fused = await measureNative(machine, (speeds, tools) => speeds.nativeSpeed(tools, true));
      const loops = await measureNative(machine, (speeds, tools) => speeds.loopSpeed(tools));
      if (native) speeds.push({ key: "native", title: "native code, same bits", speed: native });
      speeds.push({ key: "native-fma", title: "--fast native-fma", speed: fused });
      if (json)
        printJson(terminal, {
          ...machine,
          gflops: Object.fromEntries(
            speeds.map(({ key, speed }) => [key, speed ? { f32: speed.f32, f64: speed.f64 } : null]),
          ),
          ...(native && { nativeFirstCall: { coldMs: native.cold, warmMs: native.warm } }),
          ...(loops && { nativeLoops: { normalNs: loops.native, plainNormalNs: loops.plain } }),
        });
      else {
        printSpeeds(terminal, speeds);
        if (native)
          printLine(
            terminal.stdout,
            `\nnative code before its first call: ${native.cold.toFixed(0)} ms to compile, ${native.warm.toFixed(1)} ms from the cache`,
          );
        if (loops) printLine(terminal.stdout, loopsText(loops));
      }
    });

const loopsText = ({ native, plain }: LoopSpeed): string =>
  `native loops outside of programs: ${native.toFixed(1)} ns a normal, ${(plain / native).toFixed(1)} times as fast as plain ones`;

/** One line of the table of speeds. */
interface Measured {
  /** As in the JSON. */
  readonly key: string;
  readonly title: string;
  /** Absent for what is not there. */
  readonly speed?: Speed;
}

const products: readonly (readonly FastModeName[])[] = [
  [],
  ["relaxed"],
  ["revectorize"],
  ["relaxed", "revectorize"],
  ["blas"],
];

/** Undefined without native code, and where the compiler fails. */
const measureNative = async <Measured extends NativeSpeed | LoopSpeed>(
  machine: Machine,
  measure: (speeds: typeof import("../../lab/node/native/speed.ts"), tools: Toolchain) => Measured,
): Promise<Measured | undefined> => {
  if (!machine.native.isThere || !machine.simd.isThere) return undefined;
  const [speeds, { findToolchain }] = await Promise.all([
    import("../../lab/node/native/speed.ts"),
    import("../../lab/node/native/road.ts"),
  ]);
  try {
    return measure(speeds, findToolchain());
  } catch (error) {
    if (!isLandauError(error, "input")) throw error;
    return undefined;
  }
};

const measure = async (machine: Machine): Promise<Measured[]> => {
  const { ceilingSpeed, productSpeed } = await import("../../lab/node/kernel-speed.ts");
  const has: { readonly [mode in FastModeName]: Found } = {
    relaxed: machine.relaxed,
    revectorize: machine.revectorize,
    blas: machine.openBlas,
    "native-fma": machine.native,
  };
  const rows: Measured[] = [
    { key: "ceiling", title: "ceiling of 128 bits", ...(machine.simd.isThere && { speed: ceilingSpeed() }) },
  ];
  // The deterministic mode first: a flag of V8 holds for all that is compiled after it was set.
  for (const modes of products) {
    const isThere = machine.simd.isThere && modes.every(mode => has[mode].isThere);
    rows.push({
      key: modes.join("+") || "deterministic",
      title: modes.length === 0 ? "deterministic product" : `--fast ${modes.join(" ")}`,
      ...(isThere && { speed: await productSpeed(modes) }),
    });
  }
  return rows;
};

const printMachine = ({ stdout }: Terminal, machine: Machine): void => {
  const { node, v8, platform, processor, cores, simd, relaxed, revectorize, koffi, openBlas, native } = machine;
  const text = (found: Found) => (found.isThere ? found.what : `not there: ${found.why}`);
  const rows = [
    ["node", `${node} (V8 ${v8}), ${platform}`],
    ["processor", `${processor}, ${cores} ${cores === 1 ? "core" : "cores"}`],
    ["SIMD", text(simd)],
    ["relaxed SIMD", text(relaxed)],
    ["revectorize", text(revectorize)],
    ["koffi", text(koffi)],
    ["OpenBLAS", text(openBlas)],
    ["native code", text(native)],
  ];
  for (const line of textTable(rows, { width: widthOf(stdout) })) printLine(stdout, line);
  printLine(stdout);
};

const printSpeeds = (terminal: Terminal, speeds: readonly Measured[]): void => {
  const { stdout } = terminal;
  const { bold } = coloursOf(terminal);
  const cell = (value?: number) => (value === undefined ? "-" : value.toFixed(1)).padStart(6);
  const deterministic = speeds.find(({ key }) => key === "deterministic")?.speed;
  const times = (speed?: Speed) =>
    speed && deterministic
      ? `${(speed.f32 / deterministic.f32).toFixed(1)}, ${(speed.f64 / deterministic.f64).toFixed(1)}`
      : "not there";
  const rows = speeds.map(({ title, speed }) => [title, cell(speed?.f32), cell(speed?.f64), times(speed)]);
  const header = ["GFLOP/s of one core", "   f32", "   f64", "times deterministic"];
  const paint = (text: string, row: number) => (row < 0 ? bold(text) : text);
  for (const line of textTable(rows, { width: widthOf(stdout), header, paint })) printLine(stdout, line);
};
