import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFields } from "../../src/contracts/field.ts";
import { plain } from "../../src/lab/plain.ts";
import { superposition } from "../../src/systems/superposition/index.ts";
import { call } from "./call.ts";

const commands = [
  "systems",
  "reproduce",
  "train",
  "sample",
  "run",
  "resume",
  "runs",
  "show",
  "lab",
  "open",
  "compare",
  "export",
  "prune",
  "theory",
  "verify",
  "diagnose",
  "doctor",
];

describe("help", () => {
  test("without words, the commands and examples", async () => {
    const { code, stdout, stderr } = await call([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    expect(stdout).toContain("Examples:\n  landau reproduce superposition --quick");
  });

  test.each(commands)("%s --help, help %s: what it does, with examples that call it", async command => {
    const { code, stdout, stderr } = await call([command, "--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: landau /);
    expect(stdout).toContain(`Examples:\n  landau ${command}`);
    expect((await call(["help", command])).stdout).toBe(stdout);
  });

  test("the closed forms of a system, with examples", async () => {
    const { code, stdout } = await call(["theory", "superposition", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}kgon /m);
    expect(stdout).toContain("Examples:\n  landau theory superposition kgon --help");
  });

  test("a closed form: its inputs with ranges and defaults", async () => {
    const { code, stdout } = await call(["theory", "superposition", "kgon", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/--k <value> +.*whole number.*default \d+/);
    expect(stdout).toContain("Examples:\n  landau theory superposition kgon --k");
  });

  test("the version is the package's", async () => {
    expect(await call(["--version"])).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
  });
});

describe("bad input: one clear line, code 2, nothing on the standard output", () => {
  test.each<[string[], string | RegExp]>([
    [["reproduc", "superposition"], "unknown command 'reproduc': did you mean reproduce?"],
    [["reproduce", "superposition", "--fulll"], "unknown option '--fulll': did you mean --full?"],
    [["reproduce"], "missing required argument 'system' (see landau reproduce --help)"],
    [["reproduce", "superposition", "--quick", "--full"], "option '--quick' cannot be used with option '--full'"],
    [["reproduce", "superpositon"], 'unknown system "superpositon": did you mean superposition?'],
    [
      ["reproduce", "superposition", "--only", "plateaus-are-level"],
      'unknown claim "plateaus-are-level": did you mean plateaus-are-levels?',
    ],
    [["reproduce", "superposition", "--seed", "-1"], 'seed is "-1": needs a whole number'],
    [["reproduce", "superposition", "--seed", "1.5"], 'seed is "1.5": needs a whole number'],
    [["reproduce", "superposition", "--workers", "0"], 'workers is "0": needs a whole number between 1 and 1024'],
    [["systems", "constructor"], 'unknown system "constructor": known: superposition'],
    [["train", "superposition", "--set", "schem=A"], 'unknown setting "schem": did you mean scheme?'],
    [["train", "superposition", "--set", "c"], '--set is "c": needs key=value, and all other words before --set'],
    [["train", "superposition", "--sheme", "A"], "unknown option '--sheme': did you mean --scheme?"],
    [["train", "superposition", "--c", "2"], "c is 2: needs a whole number between 3 and 64"],
    [["train", "superposition", "--c", "5", "--set", "c=6"], "c is given twice: by --c and by --set c=6"],
    [["train", "superposition", "c=5"], 'unexpected word "c=5": needs --set before it, or --c 5'],
    [["train", "superposition", "schem=A"], 'unknown setting "schem": did you mean scheme?'],
    [
      ["train", "superposition", "twice"],
      'unexpected word "twice": settings are given as --key value or --set key=value',
    ],
    [["train", "superpositon", "--c", "5"], 'unknown system "superpositon": did you mean superposition?'],
    [
      ["train", "law-of-balance", "--qqqqqq", "5"],
      "unknown option '--qqqqqq' (see landau train law-of-balance --help)",
    ],
    [["anneal", "deep-linear", "--contrl", "N"], "unknown option '--contrl': did you mean --control?"],
    [["anneal", "deep-linear", "--set", "fro=1"], 'unknown setting "fro": did you mean from?'],
    [["coefficient", "superposition", "--at", "5+", "--cc", "6"], "unknown option '--cc': did you mean --c?"],
    [["coefficient", "superposition", "--at", "5+", "--set", "c=2"], "c is 2: needs a whole number"],
    [["train", "superposition", "--set", "c=2"], "c is 2: needs a whole number between 3 and 64"],
    [["train", "superposition", "--set", "c=1e9"], "c is 1000000000: needs a whole number between 3 and 64"],
    [["train", "superposition", "--set", "n=-5"], "n is -5: needs a whole number"],
    [["train", "superposition", "--set", "stepSize=NaN"], 'stepSize is "NaN": needs a number'],
    [["train", "superposition", "--set", "stepSize=Infinity"], 'stepSize is "Infinity": needs a number'],
    [["train", "superposition", "--set", "stepSize="], 'stepSize is "": needs a number'],
    [["train", "superposition", "--set", "scheme=C"], 'scheme is "C": needs one of A, B, R'],
    [["train", "superposition", "--set", "scheme=R", "c=4", "r=4"], /r is 4: needs/],
    [["train", "superposition", "--set", "scheme=R", "c=4", "r=5"], /r is 5: needs/],
    [["train", "superposition", "--seeds", "0"], 'seeds is "0": needs a whole number between 1'],
    [["sample", "superpositon"], 'unknown system "superpositon": did you mean superposition?'],
    [["sample", "superposition", "--n", "0"], "n is 0: needs a whole number between 1 and 10000000"],
    [["sample", "superposition", "--kappa", "NaN"], 'kappa is "NaN": needs a number'],
    [["sample", "superposition", "--data", "none"], 'data is "none": needs one of own, shared, population'],
    [["sample", "superposition", "--kapa", "1"], "unknown option '--kapa': did you mean --kappa?"],
    [["sample", "superposition", "--chains", "0"], 'chains is "0": needs a whole number between 1'],
    [
      ["reproduce", "superposition", "--only", "four-critical-sizes"],
      '--only is "four-critical-sizes": needs the ensembles of --full',
    ],
    [["theory", "superpositio"], 'unknown system "superpositio": did you mean superposition?'],
    [["theory", "superposition", "kgn"], "unknown command 'kgn': did you mean kgon?"],
    [["theory", "superposition", "kgon", "--K", "5"], "unknown option '--K': did you mean --k?"],
    [["theory", "superposition", "kgon", "--k", "2"], /k is 2: needs a whole number/],
    [["theory", "superposition", "kgon", "--k", "NaN"], 'k is "NaN": needs a whole number'],
    [["verify"], "missing required argument 'file' (see landau verify --help)"],
    [["verify", "no-such-file.json"], "cannot read no-such-file.json: "],
    [["verify", "v.json", "--skip", "slwo"], 'unknown kind "slwo": did you mean slow?'],
    [["run", "no-such-spec.toml"], "no-such-spec.toml"],
    [["show", "no-such-run"], "no-such-run"],
    [["resume", "no-such-run"], "no-such-run"],
    [["export", "no-such-run"], "no-such-run"],
  ])("landau %j", async (words, message) => {
    const { code, stdout, stderr } = await call(words);
    expect(stderr).toMatch(/^landau: [^\n]*\n$/);
    if (typeof message === "string") expect(stderr).toContain(message);
    else expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});

describe("settings", () => {
  test.each([
    ["train", "superposition"],
    ["sample", "superposition"],
    ["anneal", "deep-linear"],
    ["coefficient", "superposition"],
  ])("landau %s %s --help lists the settings with range and default, --set among them", async (command, system) => {
    const { code, stdout } = await call([command, system, "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Settings of ${system}:\n`);
    expect(stdout).toMatch(/--set <key=value\.\.\.>/);
    expect(stdout.split("Settings of")[1]).toMatch(/^ {2}--\w+ <value> .*\((whole )?number[\s\S]*default/m);
  });

  test("a setting whose name is an option of the command is set by --set, and help says so", async () => {
    const { stdout } = await call(["coefficient", "modular", "--help"]);
    expect(stdout).not.toMatch(/--seed <value>/);
    expect((await call(["sample", "superposition", "--help"])).stdout).toContain("--n <value>");
  });

  test("both forms make the same run", async () => {
    const folder = mkdtempSync(join(tmpdir(), "landau-settings-"));
    const hashOf = async (...words: string[]) => {
      const { code, stdout, stderr } = await call([...words, "--workers", "1", "--runs", folder, "--json"]);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      return JSON.parse(stdout).contentHash;
    };
    const short = await hashOf("train", "mirror-symmetry", "--steps", "40", "--weightDecay", "0.2");
    expect(await hashOf("train", "mirror-symmetry", "--set", "steps=40", "weightDecay=0.2")).toBe(short);
    expect(await hashOf("train", "mirror-symmetry", "--steps", "40", "--set", "weightDecay=0.2")).toBe(short);
    expect(await hashOf("train", "--steps", "40", "--weightDecay", "0.2", "mirror-symmetry")).toBe(short);
    expect(await hashOf("train", "mirror-symmetry", "--steps", "40")).not.toBe(short);
    rmSync(folder, { recursive: true });
  });
});

describe("closed forms", () => {
  test("--json: the answer for given inputs, the others at their defaults", async () => {
    const { code, stdout, stderr } = await call(["theory", "superposition", "kgon", "--k", "5", "--c", "6", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { evaluate, inputs } = superposition.theory.kgon;
    expect(JSON.parse(stdout)).toEqual(plain(evaluate(readFields(inputs, { k: 5, c: 6 }))));
  });

  test("without --json: every field by name", async () => {
    const { stdout } = await call(["theory", "superposition", "kgon", "--k", "5", "--c", "6"]);
    expect(stdout).toMatch(/^loss +0\.0687/m);
  });

  const complete = Object.entries(superposition.theory).filter(([, { inputs }]) =>
    Object.values(inputs).every(field => field.optional || ("default" in field && field.default !== undefined)),
  );
  test.each(complete.map(([name]) => name))("%s answers at its defaults", async name => {
    const { code, stdout, stderr } = await call(["theory", "superposition", name, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).not.toBeNull();
  });
});
