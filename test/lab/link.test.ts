import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultsOf } from "../../src/contracts/field.ts";
import { isLandauError } from "../../src/errors.ts";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { inlineExecutor } from "../../src/lab/executor.ts";
import { isLink, LONGEST_LINK, linkedSpec, linkOf, readLink, specOfLink } from "../../src/lab/link.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import { listedSystems, loadSystem } from "../../src/systems/index.ts";

interface Kept {
  readonly link: string;
  readonly hash: string;
}

/** Links of earlier versions too: they must go on giving the same bits. */
const kept: readonly Kept[] = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../browser/lab/links.json"), "utf8"),
);

describe("a link", () => {
  test.each(Object.keys(listedSystems))(
    "of %s carries every protocol at its small settings, and comes back",
    async name => {
      const system = await loadSystem(name);
      for (const [protocol, { settings, small = {} }] of Object.entries(system.protocols)) {
        const given = { system: name, protocol, seed: 41, chains: 3, settings: { ...defaultsOf(settings), ...small } };
        const link = linkOf(given, settings);
        expect(link.length).toBeLessThanOrEqual(LONGEST_LINK);
        expect(isLink(link)).toBe(true);
        const read = readLink(link, system);
        expect({ ...read, settings: { ...defaultsOf(settings), ...read.settings } }).toEqual(given);
      }
    },
  );

  test("carries numbers to the bit", async () => {
    const system = await loadSystem("deep-linear");
    const controls = system.protocols.live.settings;
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), weightDecay => {
        const given = { system: system.name, protocol: "live", seed: 0, chains: 1, settings: { weightDecay } };
        const read = readLink(linkOf(given, controls), system).settings.weightDecay ?? controls.weightDecay.default;
        expect(Object.is(read, weightDecay === 0 ? 0 : weightDecay)).toBe(true);
      }),
      { seed: 1 },
    );
  });

  test("opens with the address of a page before it", async () => {
    const spec = await linkedSpec("http://127.0.0.1:8000/#/deep-linear/live?v=1&seed=2&weightDecay=0.25");
    expect(spec).toMatchObject({
      system: "deep-linear",
      seed: 2,
      studies: [{ protocol: "live", settings: { weightDecay: 0.25 } }],
    });
  });

  test.each([
    ["#/deep-linear/live?seed=-1", "seed in the link"],
    ["#/deep-linear/live?seed=x", 'seed in the link is "x": needs a number'],
    ["#/deep-linear/live?v=2", "the version of the link"],
    ["#/deep-linear/live?wieghtDecay=1", "did you mean weightDecay?"],
    ["#/deep-linear/live?seed=1&seed=2", "twice"],
    ["#/deep-linear/lvie", "did you mean live?"],
    ["#/deep-linaer/live", "deep-linaer"],
    ["#/deep-linear/live/more", "a system and a view"],
    ["#/deep-linear/live?%zz=1", "percent signs"],
    ["#/deep-linear/live?seed", "a name, =, and a value"],
    ["#/", "a system after #/"],
    [`#/deep-linear/live?seed=${"1".repeat(LONGEST_LINK)}`, "the length of the link"],
  ])("%s is refused with what is wrong", async (link, said) => {
    await expect(linkedSpec(link)).rejects.toThrow(said);
  });

  test("with random changes either is read or is refused as bad input, never anything else", async () => {
    const system = await loadSystem("deep-linear");
    const link = "#/deep-linear/live?v=1&seed=3&weightDecay=0.35&D=2&activation=tanh";
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(link.length), fc.string({ maxLength: 6, unit: "binary" })), {
          minLength: 1,
          maxLength: 4,
        }),
        async changes => {
          const changed = changes.reduce(
            (text, [at, put]) => text.slice(0, at) + put + text.slice(at + put.length),
            link,
          );
          try {
            const spec = specOfLink(readLink(changed.startsWith("#/") ? changed : `#/${changed}`, system));
            completeSpec(spec, { [system.name]: system });
          } catch (error) {
            if (!isLandauError(error)) throw error;
            refused++;
          }
        },
      ),
      { seed: 2, numRuns: 1000 },
    );
    expect(refused).toBeGreaterThan(100);
  });
});

test("links that were kept give the bits that they gave", async () => {
  expect(kept.length).toBeGreaterThanOrEqual(5);
  expect(new Set(kept.map(({ link }) => link.split("/")[1])).size).toBeGreaterThanOrEqual(5);
  for (const { link, hash } of kept) {
    const { contentHash } = await runInMemory(await linkedSpec(link), { executor: inlineExecutor() });
    expect(contentHash, link).toBe(hash);
  }
});
