import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const runs = emptyFolder();
afterAll(() => rmSync(runs, { recursive: true }));

const hashOf = async (words: readonly string[]): Promise<string> =>
  JSON.parse((await call([...words, "--runs", runs, "--json"])).stdout).contentHash;

test.each([
  ["train", ["--steps", "60", "--weightDecay", "0.4"]],
  ["anneal", ["--values", "4", "--steps", "20", "--settle", "20"]],
])(
  "a run of %s ends with the link that opens it in the lab, and the link gives the same bits",
  async (protocol, given) => {
    const words = [protocol, "mirror-symmetry", ...given, "--seed", "2"];
    const { stdout } = await call([...words, "--runs", runs, "--no-report"]);
    const [, link] = /^ {2}landau lab '(#\/mirror-symmetry\/[^']+)'$/m.exec(stdout) ?? [];
    expect(link).toContain(`/${protocol}?v=1&seed=2`);
    expect(await hashOf(["run", link])).toBe(await hashOf(words));
  },
);

test("a run of several studies has no link", async () => {
  const { stdout } = await call(["reproduce", "mirror-symmetry", "--quick", "--runs", runs, "--no-report"]);
  expect(stdout).toContain("next:");
  expect(stdout).not.toContain("landau lab");
});
