import fc from "fast-check";
import { stringify as toToml } from "smol-toml";
import { describe, expect, test } from "vitest";
import { stringify as toYaml } from "yaml";
import { isLandauError } from "../../src/errors.ts";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { parseJson } from "../../src/lab/json-text.ts";
import { checkSpec, type Spec } from "../../src/lab/spec.ts";
import { parseSpec, readSpec, type SpecFormat, specFormat } from "../../src/lab/spec-text.ts";
import { messageOf as thrownMessage } from "../support/message-of.ts";
import { systems } from "./fixture-system.ts";

const walks: Spec = {
  landau: 1,
  system: "fixture",
  title: "A walk",
  seed: 7,
  studies: [
    { name: "walks", protocol: "walk", chains: 3, chunk: 2, settings: { steps: 5, shape: "uniform" } },
    { name: "short", protocol: "walk", chains: 1, settings: {} },
  ],
  claims: ["walks-end"],
};

const writers: { readonly [format in SpecFormat]: (spec: object) => string } = {
  json: spec => JSON.stringify(spec, null, 2),
  toml: toToml,
  yaml: toYaml,
};
const formats = Object.keys(writers) as SpecFormat[];

const messageOf = (act: () => unknown): string => thrownMessage(act, "spec");

describe("formats", () => {
  test.each(formats)("a spec in %s reads back as it was written", format => {
    expect(parseSpec(writers[format](walks), format, `walks.${format}`).spec).toEqual(walks);
  });

  test("any spec of any content reads back in all formats", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,20}$/);
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter(x => !Object.is(x, -0)),
      fc.string(),
    );
    const key = fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter(key => key !== "__proto__");
    const study = fc.record(
      {
        name,
        protocol: fc.string({ minLength: 1 }),
        chains: fc.integer({ min: 1, max: 1_000_000 }),
        chunk: fc.integer({ min: 1, max: 100 }),
        settings: fc.dictionary(key, value, { noNullPrototype: true, maxKeys: 4 }),
      },
      { requiredKeys: ["name", "protocol", "chains", "settings"], noNullPrototype: true },
    );
    const spec = fc.record(
      {
        landau: fc.constant(1),
        system: fc.string(),
        title: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
        seed: fc.maxSafeNat(),
        studies: fc.uniqueArray(study, { minLength: 1, maxLength: 4, selector: ({ name }) => name.toLowerCase() }),
        claims: fc.array(fc.string()),
      },
      { requiredKeys: ["system", "seed", "studies"], noNullPrototype: true },
    );
    fc.assert(
      fc.property(spec, fc.constantFrom(...formats), (spec, format) => {
        const text = writers[format](spec);
        fc.pre(!/[[{]{8}/.test(text));
        expect(parseSpec(text, format, "any").spec).toEqual(spec);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test.each([
    ["a.toml", "toml"],
    ["b/c.JSON", "json"],
    ["d.yaml", "yaml"],
    ["d.yml", "yaml"],
  ])("%s is %s", (name, format) => expect(specFormat(name)).toBe(format));

  test("another ending is refused", () => {
    expect(messageOf(() => specFormat("spec.txt"))).toBe(
      "spec.txt: the name's end gives the format: needs .toml, .json or .yaml",
    );
  });
});

test("a byte-order mark is accepted in every format", () => {
  const spec = { system: "s", seed: 1, studies: [{ name: "a", protocol: "p", chains: 1, settings: {} }] };
  const toml = 'system = "s"\nseed = 1\n[[studies]]\nname = "a"\nprotocol = "p"\nchains = 1\nsettings = {}';
  const texts: [SpecFormat, string][] = [
    ["json", JSON.stringify(spec)],
    ["yaml", JSON.stringify(spec)],
    ["toml", toml],
  ];
  for (const [format, text] of texts)
    expect(parseSpec(`\uFEFF${text}`, format, "s").spec).toEqual(parseSpec(text, format, "s").spec);
});

test("any two keys that are one are refused, and none else", () => {
  const key = fc.string({ maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.jsonValue({ maxDepth: 2 })), { maxLength: 5 }), entries => {
      const text = `{${entries.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(", ")}}`;
      const twice = new Set(entries.map(([name]) => name)).size < entries.length;
      if (twice) expect(() => parseJson(text, "f", "input")).toThrow("stands twice in one object");
      else expect(() => parseJson(text, "f", "input")).not.toThrow();
    }),
    { numRuns: 500, seed: 8 },
  );
});

describe("syntax errors name file, line and column", () => {
  test.each<[SpecFormat, string, string]>([
    ["toml", 'system = "fixture"\nseed = \n', "s.toml:2:8: not TOML: invalid value"],
    ["toml", "seed = 1\nseed = 2", "s.toml:2:1: not TOML: trying to redefine an already defined table or value"],
    ["toml", "seed = 9007199254740993", "s.toml:1:8: not TOML: integer value cannot be represented losslessly"],
    ["json", '{\n  "seed": 1,\n}', "s.json:3:1: not JSON: expected a name in double quotes"],
    ["json", "", "s.json:1:1: not JSON: expected a value, found the end of the file"],
    ["yaml", "seed: 1\nstudies: [", "s.yaml:2:11: not YAML: Flow sequence"],
    ["yaml", "seed: 1\nseed: 2", "s.yaml:2:1: not YAML: Map keys must be unique"],
    [
      "toml",
      "seed = 1\nseed = 2",
      's.toml:2:1: not TOML: trying to redefine an already defined table or value: "seed" stands twice',
    ],
    ["yaml", "seed: 1\nseed: 2", 's.yaml:2:1: not YAML: Map keys must be unique: "seed" stands twice'],
    ["yaml", "studies: [{a: 1, a: 2}]", '"a" stands twice'],
    ["json", '{"seed": 1,\n "seed": 2}', 's.json:2:2: key "seed" stands twice in one object'],
    ["json", '{"a": [{"c": 4, "b": {"c": 1}}, {"c": 5, "\\u0063": 6}]}', 's.json:1:42: key "c" stands twice'],
    ["yaml", "a: &a [*b]", "s.yaml: not YAML: Unresolved alias"],
  ])("%s %j", (format, text, message) => {
    expect(messageOf(() => parseSpec(text, format, `s.${format}`))).toContain(message);
  });
});

describe("shape errors name the place, the value and the way out", () => {
  const change = (change: object) => ({ ...walks, ...change });
  const study = (change: object) => ({ ...walks, studies: [{ ...walks.studies[0], ...change }] });
  test.each<[unknown, string]>([
    [null, "the spec is null: needs a table with system, seed and studies"],
    [[], "the spec is []: needs a table with system, seed and studies"],
    [change({ landau: 2 }), "landau is 2: needs 1, the version of the format that this Landau reads"],
    [change({ system: undefined }), "system is missing: needs the name of a system"],
    [change({ seed: -1 }), "seed is -1: needs a whole number from 0 to 9007199254740991"],
    [change({ seed: 1.5 }), "seed is 1.5: needs a whole number from 0 to 9007199254740991"],
    [change({ seed: Number.NaN }), "seed is NaN: needs a whole number from 0 to 9007199254740991"],
    [change({ seed: 2 ** 53 }), "seed is 9007199254740992: needs a whole number from 0 to 9007199254740991"],
    [change({ seed: "7" }), 'seed is "7": needs a whole number from 0 to 9007199254740991'],
    [change({ title: "" }), 'title is "": needs a string of 1 to 80 characters'],
    [change({ studies: {} }), "studies is {}: needs a list of studies"],
    [change({ studies: [], claims: [] }), "studies is []: needs at least one study, or claims that need none"],
    [change({ studies: [3] }), "studies[0] is 3: needs a table with name, protocol, chains"],
    [change({ claims: [1] }), "claims[0] is 1: needs the name of a claim"],
    [change({ sede: 3, seed: undefined }), 'sede: unknown key "sede": did you mean seed?'],
    [study({ chain: 3 }), 'studies[0].chain: unknown key "chain": did you mean chains?'],
    [study({ chains: 0 }), "studies[0].chains is 0: needs a whole number between 1 and 1000000"],
    [study({ chunk: 0.5 }), "studies[0].chunk is 0.5: needs a whole number between 1 and 1000000"],
    [study({ name: "../x" }), 'studies[0].name is "../x": needs 1 to 64 letters, digits, - or _, beginning with'],
    [study({ settings: { steps: true } }), "studies[0].settings.steps is true: needs a number or a string"],
    [
      change({ studies: [walks.studies[0], { ...walks.studies[1], name: "WALKS" }] }),
      'studies[1].name is "WALKS": needs a name of its own',
    ],
  ])("%j", (value, message) => {
    expect(messageOf(() => checkSpec(value))).toContain(message);
  });

  test.each<[SpecFormat, string]>([
    [
      "toml",
      'system = "fixture"\nseed = 1\n\n[[studies]]\nname = "a"\nprotocol = "walk"\nchains = 0\n[studies.settings]\n',
    ],
    [
      "json",
      '{"system": "fixture",\n"seed": 1,\n"studies": [\n{"name": "a",\n"settings": {},\n"protocol": "walk",\n"chains": 0}]}',
    ],
    ["yaml", "system: fixture\nseed: 1\nstudies:\n  - name: a\n    protocol: walk\n    settings: {}\n    chains: 0\n"],
  ])("%s: with file and line", (format, text) => {
    expect(messageOf(() => parseSpec(text, format, `s.${format}`))).toBe(
      `s.${format}:7: studies[0].chains is 0: needs a whole number between 1 and 1000000`,
    );
  });
});

describe("completing", () => {
  test("fills in every default", () => {
    const { studies, claims } = completeSpec(walks, systems);
    expect(studies[0]).toEqual({ ...walks.studies[0], settings: { steps: 5, scale: 1, shape: "uniform" } });
    expect(studies[1]).toEqual({ ...walks.studies[1], chunk: 1, settings: { steps: 4, scale: 1, shape: "normal" } });
    expect(claims).toEqual(["walks-end"]);
    expect(completeSpec({ ...walks, claims: undefined }, systems).claims).toEqual([]);
  });

  test("a complete spec is its own completion", () => {
    const complete = completeSpec(walks, systems);
    expect(completeSpec(complete, systems)).toEqual(complete);
  });

  const settings = (settings: Spec["studies"][number]["settings"], protocol = "walk"): Spec => ({
    ...walks,
    studies: [{ name: "a", protocol, chains: 1, settings }],
  });
  test.each<[Spec, string]>([
    [{ ...walks, system: "fixtrue" }, 'system: unknown system "fixtrue": did you mean fixture?'],
    [{ ...walks, system: "constructor" }, 'system: unknown system "constructor": known: fixture'],
    [{ ...walks, claims: ["walk-end"] }, 'claims[0]: unknown claim "walk-end": did you mean walks-end?'],
    [settings({}, "walks"), 'studies[0].protocol: unknown protocol "walks": did you mean walk?'],
    [settings({ setps: 3 }), 'studies[0].settings.setps: unknown setting "setps": did you mean steps?'],
    [settings({ toString: 3 }), 'studies[0].settings.toString: unknown setting "toString": known: steps, scale, shape'],
    [settings({ steps: 0 }), "studies[0].settings.steps is 0: needs a whole number between 1 and 1000"],
    [settings({ steps: 2.5 }), "studies[0].settings.steps is 2.5: needs a whole number between 1 and 1000"],
    [settings({ steps: "3" }), 'studies[0].settings.steps is "3": needs a whole number between 1 and 1000'],
    [settings({ scale: Number.NaN }), "studies[0].settings.scale is NaN: needs a number between 0 and 100"],
    [settings({ scale: 101 }), "studies[0].settings.scale is 101: needs a number between 0 and 100"],
    [settings({ shape: "round" }), 'studies[0].settings.shape is "round": needs one of normal, uniform'],
    [settings({ shape: 1 }), "studies[0].settings.shape is 1: needs one of normal, uniform"],
    [settings({ scale: 0, steps: 200 }), "studies[0].settings: steps is 200: needs at most 100 when scale = 0"],
  ])("%#: %s", (spec, message) => {
    expect(messageOf(() => completeSpec(spec, systems))).toBe(message);
  });

  test("a setting's error names file and line", () => {
    const text =
      'system = "fixture"\nseed = 1\n[[studies]]\nname = "a"\nprotocol = "walk"\nchains = 1\nsettings.steps = -4\n';
    expect(messageOf(() => readSpec(text, "toml", "s.toml", systems))).toBe(
      "s.toml:7: studies[0].settings.steps is -4: needs a whole number between 1 and 1000",
    );
    expect(messageOf(() => readSpec(text.replace("-4", "nan"), "toml", "s.toml", systems))).toContain("steps is NaN");
  });
});

describe("hostile texts", () => {
  test.each(formats)("%s: any text gives a spec or a LandauError", format => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 200 }),
          fc.json(),
          fc.stringMatching(/^[[\]{}:\-?&*!|>'"#=., a1\n]{0,60}$/),
        ),
        text => {
          try {
            parseSpec(text, format, "x");
          } catch (error) {
            expect(error).toSatisfy(error => isLandauError(error, "spec"));
          }
        },
      ),
      { numRuns: 400, seed: 2 },
    );
  });

  test.each(formats)("%s: any cut of a good text gives a spec or a LandauError", format => {
    const text = writers[format](walks);
    for (let end = 0; end <= text.length; end++)
      try {
        parseSpec(text.slice(0, end), format, "x");
      } catch (error) {
        expect(error).toSatisfy(error => isLandauError(error, "spec"));
      }
  });

  test.each<[string, SpecFormat, string]>([
    ["lists", "yaml", "[".repeat(20_000)],
    ["tables", "yaml", "{a: ".repeat(20_000)],
    ["compact lists", "yaml", "- ".repeat(20_000)],
    ["compact keys", "yaml", "? ".repeat(20_000)],
    ["indentation", "yaml", Array.from({ length: 1000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n")],
    ["lists", "toml", `a = ${"[".repeat(20_000)}`],
    ["lists", "json", "[".repeat(20_000)],
  ])("%s nested too deep in %s", (_, format, text) => {
    expect(messageOf(() => parseSpec(text, format, "x"))).toBe("x: nested too deep for a spec");
  });

  test("aliases that multiply", () => {
    const bomb = ["a: &a [1,1,1,1,1,1,1,1,1]", ..."bcdefghi"].map((key, i) =>
      i === 0
        ? key
        : `${key}: &${key} [${Array(9)
            .fill(`*${"abcdefghi"[i - 1]}`)
            .join(",")}]`,
    );
    expect(messageOf(() => parseSpec(bomb.join("\n"), "yaml", "x"))).toContain("Excessive alias count");
  });

  test("__proto__ is no name of a setting", () => {
    const text = JSON.stringify(walks).replace('"steps"', '"__proto__"');
    expect(messageOf(() => parseSpec(text, "json", "x"))).toBe(
      'x:1: studies[0].settings is "__proto__": needs names of settings',
    );
  });

  test.each(formats)("%s: __proto__ is an unknown key and changes no prototype", format => {
    const text = { json: '{"__proto__": {"seed": 1}}', toml: "[__proto__]\nseed = 1", yaml: "__proto__: {seed: 1}" }[
      format
    ];
    expect(messageOf(() => parseSpec(text, format, "x"))).toContain('unknown key "__proto__"');
    expect(({} as { seed?: number }).seed).toBeUndefined();
  });
});
