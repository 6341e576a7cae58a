import v8 from "@vitest/coverage-v8";

/**
 * Coverage by V8, except in workers that are told to go without: counters in every block take a third of the time of long
 * loops, and lines that those loops run are counted by shorter tests too.
 */
export default process.env.LANDAU_UNCOUNTED
  ? { ...v8, startCoverage: () => undefined, takeCoverage: () => undefined, stopCoverage: () => undefined }
  : v8;
