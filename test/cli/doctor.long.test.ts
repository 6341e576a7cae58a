import { describe, expect, test } from "vitest";
import { hasV8Flag } from "../../src/lab/node/v8-flags.ts";
import { call } from "./call.ts";
import { execute, executeWithin } from "./executable.ts";

const rows = ["deterministic", "relaxed", "revectorize", "relaxed+revectorize", "blas", "native-fma"];

describe("doctor", () => {
  test("shows within a second of processor time what there is, and within ten how fast it is", async () => {
    const { code, stdout, stderr, cpu, ...first } = await executeWithin(1, ["doctor"], { measure: "firstCpu" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "measuring, a few seconds\n" });
    expect(first.within, first.said).toBe(true);
    // Speeds are measured for a time that the clock tells, not for an amount of work.
    expect(cpu).toBeLessThan(10);
    expect(stdout).toContain(`${process.versions.node} (V8 ${process.versions.v8})`);
    for (const name of ["processor", "SIMD", "relaxed SIMD", "revectorize", "koffi", "OpenBLAS"])
      expect(stdout).toMatch(new RegExp(`^${name} {2}`, "m"));
    expect(stdout).toMatch(/^GFLOP\/s of one core +f32 +f64 +times deterministic$/m);
    expect(stdout).toMatch(/^ceiling of 128 bits +\d+\.\d +\d+\.\d +\d+\.\d, \d+\.\d$/m);
    expect(stdout).toMatch(/^deterministic product +\d+\.\d +\d+\.\d +1\.0, 1\.0$/m);
    expect(stdout).toMatch(/^--fast blas +(\d+\.\d +\d+\.\d +\d+\.\d, \d+\.\d|- +- +not there)$/m);
  });

  test("--json: a speed for what is there, null for what is not, with the way to get it", async () => {
    const { code, stdout } = await execute(["doctor", "--json"]);
    expect(code).toBe(0);
    const machine = JSON.parse(stdout);
    expect(Object.keys(machine.gflops)).toEqual(["ceiling", ...rows]);
    const { relaxed, revectorize, openBlas, native } = machine;
    const parts = [[], [relaxed], [revectorize], [relaxed, revectorize], [openBlas], [native]];
    for (const [i, key] of rows.entries()) {
      const speed = machine.gflops[key];
      expect(speed !== null).toBe(parts[i].every(({ isThere }) => isThere));
      if (speed !== null) expect(speed.f32).toBeGreaterThan(speed.f64);
    }
    for (const one of [relaxed, revectorize, machine.koffi, openBlas])
      expect(one.isThere ? one.what : one.why).toMatch(one.isThere ? /./ : /^fast mode .* needs .*(use|install)/);
    if (native.isThere) expect(machine.nativeLoops.plainNormalNs).toBeGreaterThan(machine.nativeLoops.normalNs);
    else expect(machine.nativeLoops).toBeUndefined();
    // Two measurements minutes apart on a busy machine differ by less.
    expect(machine.gflops.ceiling.f32).toBeGreaterThan(0.8 * machine.gflops.deterministic.f32);
  });
});

describe("train --fast", () => {
  test("an unknown mode is refused", async () => {
    expect(await call(["train", "superposition", "--fast", "blass"])).toEqual({
      code: 2,
      stdout: "",
      stderr: 'landau: unknown fast mode "blass": did you mean blas?\n',
    });
  });

  test("one that this machine lacks is refused before anything runs, in one line; one that it has is reported in the end", async () => {
    const brief = ["train", "superposition", "--set", "n=100", "epochs=20", "--runs", "node_modules/.fast-modes-runs"];
    const { code, stdout, stderr } = await execute([...brief, "--fast", "revectorize"]);
    if (hasV8Flag("--experimental-wasm-revectorize")) {
      expect(code).toBe(0);
      expect(stdout).toContain("fast: revectorize: the bits of the deterministic mode\n");
    } else {
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^landau: fast mode revectorize needs .*: use Node 24\n$/);
    }
  });
});
