import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { systems } from "../../src/systems/index.ts";
import { full } from "../support/full.ts";
import { smallSettings } from "../support/host.ts";
import { emptyFolder } from "../support/scratch.ts";
import { landau } from "./landau.ts";

/*
 * Long: a run of every protocol is killed with SIGKILL, goes on, is sometimes killed again while it does, and ends with the bits of one that was never
 * killed. Instants are drawn anew each time: none may matter.
 */
const random = stream({ seed: Math.floor(1e9 * Math.random()), purpose: "kills" });
const CHAINS = 6;

const protocols = full
  ? (
      await Promise.all(
        Object.entries(systems).map(async ([system, { load }]) => {
          const { protocols } = await load();
          return Object.values(protocols).map(protocol => ({ system, protocol }));
        }),
      )
    ).flat()
  : [];

const counts = { kills: 0, inResume: 0, withWork: 0 };

describe.runIf(full)("a run of every protocol", () => {
  test.each(protocols.map(({ system, protocol }, i) => ({ system, name: protocol.name, protocol, i })))(
    "$system, $name",
    async ({ system, name, protocol, i }) => {
      const folder = emptyFolder();
      const spec = join(folder, "spec.json");
      writeFileSync(
        spec,
        JSON.stringify({
          system,
          seed: 3,
          studies: [{ name: "all", protocol: name, chains: CHAINS, settings: smallSettings(protocol) }],
        }),
      );
      const common = ["--workers", `${1 + (i % 2)}`, "--no-report", "--json"];
      const call = async (runs: string, killAfter?: number) => {
        mkdirSync(runs, { recursive: true });
        const begun = readdirSync(runs);
        const isBegun = begun.length > 0 && existsSync(join(runs, begun[0], "run.json"));
        const words = isBegun ? ["resume", "last"] : ["run", spec];
        const done = await landau([...words, "--runs", runs, ...common], { killAfter });
        if (done.signal === "SIGKILL") {
          counts.kills++;
          if (isBegun) counts.inResume++;
          const tasks = isBegun ? join(runs, begun[0], "tasks") : "";
          if (isBegun && existsSync(tasks) && readdirSync(tasks).length > 0) counts.withWork++;
        }
        return done;
      };
      const begun = performance.now();
      const whole = await call(join(folder, "whole"));
      const time = performance.now() - begun;
      expect(whole.code, whole.stderr).toBe(0);

      const runs = join(folder, "killed");
      for (let kills = 0; kills < 2; kills++) await call(runs, time * (0.3 + 0.6 * random.uniform()));
      if (i % 12 === 0) {
        // Two go on at once: one does, the other is told so.
        const both = await Promise.all([call(runs), call(runs)]);
        expect(both.filter(({ code }) => code === 0).length).toBeGreaterThan(0);
        for (const { code, stderr } of both)
          if (code !== 0) expect(stderr).toContain("the run is being written by process");
      }
      const end = await call(runs);
      expect(end.code, end.stderr).toBe(0);
      expect(JSON.parse(end.stdout).contentHash).toBe(JSON.parse(whole.stdout).contentHash);
    },
    600_000,
  );

  test("kills were many, and some fell into resuming", () => {
    console.log(
      `${protocols.length} protocols, ${counts.kills} kills, ${counts.inResume} of them while a run went on, ${counts.withWork} with tasks begun`,
    );
    expect(counts.kills).toBeGreaterThan(100);
    expect(counts.inResume).toBeGreaterThan(20);
  });
});
