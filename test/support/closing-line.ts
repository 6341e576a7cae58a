import type { Reporter, TestModule } from "vitest/node";
import { processorSeconds } from "./processor-seconds.ts";

/** Ends a run with its processor time and one plain line that any reader of logs understands: "123 passed, 0 failed, 2 skipped". */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap(module => [...module.children.allTests()]);
    const count = (state: string) => tests.filter(test => test.result().state === state).length;
    // A file that cannot be loaded holds no tests, and an unhandled error belongs to none: both are failures all the same.
    const broken = modules.filter(module => module.errors().length > 0).length + errors.length;
    const seconds = processorSeconds();
    if (seconds !== undefined) console.log(`\nprocessor time: ${Math.round(seconds)} s`);
    console.log(`\n${count("passed")} passed, ${count("failed") + broken} failed, ${count("skipped")} skipped`);
  }
}
