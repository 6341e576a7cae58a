import { expect, test } from "vitest";
import { showWork } from "../../../src/cli/progress/work-progress.ts";
import { emulatedTerminal } from "../../support/emulated-terminal.ts";

const work = { what: "verifying vectors.json", unit: "cases", total: 40 };
const clockOf = () => {
  let time = 0;
  return {
    now: () => time,
    pass(seconds: number) {
      time += seconds;
    },
  };
};

const collected = () => {
  const parts: string[] = [];
  return { output: { write: (part: string) => void parts.push(part) }, text: () => parts.join("") };
};

test("one row on a terminal after half a second, which goes again; the cursor stays visible throughout", async () => {
  const terminal = emulatedTerminal(80, 24);
  const { now, pass } = clockOf();
  const shown = showWork({ stderr: terminal.output, env: {} }, work, now);
  pass(0.4);
  shown.update(4);
  expect((await terminal.screen())[0]).toBe("");
  pass(0.6);
  shown.update(10);
  expect((await terminal.screen())[0]).toBe(
    "████░░░░░░░░░░░░  25 % about 3 s left  verifying vectors.json: 10 of 40 cases",
  );
  expect(terminal.isCursorVisible()).toBe(true);
  shown.stop();
  expect((await terminal.screen())[0]).toBe("");
  expect(terminal.isCursorVisible()).toBe(true);
});

test("without a terminal, or on one that cannot move its cursor: a line after half a second, then every minute", () => {
  for (const env of [{}, { TERM: "dumb" }]) {
    const { output, text } = collected();
    const stderr = { ...output, isTTY: "TERM" in env };
    const { now, pass } = clockOf();
    const shown = showWork({ stderr, env }, { ...work, atMost: true }, now);
    for (let i = 1; i <= 40; i++) {
      pass(2);
      shown.update(i);
    }
    shown.stop();
    expect(text()).toBe(
      "verifying vectors.json: 1 of at most 40 cases, at most 78 s left\n" +
        "verifying vectors.json: 31 of at most 40 cases, at most 18 s left\n",
    );
  }
});

test("what is done at once shows nothing", () => {
  const { output, text } = collected();
  const shown = showWork({ stderr: output, env: {} }, work, () => 0);
  shown.update(40);
  shown.stop();
  expect(text()).toBe("");
});
