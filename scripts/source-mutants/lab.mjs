/** Canonical names, seals, locks, logs of tasks and what is resumed from them. */
const tests = (...names) => names.map(name => `test/lab/${name}.test.ts`);

export const lab = [
  {
    file: "src/lab/node/native/road.ts",
    tests: ["test/lab/node/native/failures.test.ts"],
    mutants: [
      ["const TRIALS = 30;", "const TRIALS = 15;", "a few calls that are held up decide against native code"],
      ["next = memory.pace * expected;", "next = expected;", "how long compiling takes here is forgotten"],
      ["all.spent += own.spent;", "", "what members did before they were looked for is forgotten"],
      ["works.get(name) ?? { spent: 0 }", "{ spent: 0 }", "each member of an ensemble begins to count anew"],
    ],
  },
  {
    file: "src/lab/canonical.ts",
    tests: tests("canonical"),
    mutants: [
      [".sort()\n", "\n", "the order of fields counts"],
      ["hash.clone().digest()", 'hash.clone().update(utf8ToBytes(" ")).digest()', "a hash of text and a space"],
    ],
  },
  {
    file: "src/lab/tasks.ts",
    tests: tests("tasks", "plan"),
    mutants: [
      ["Math.min((i + 1) * chunk, chains)", "(i + 1) * chunk", "the last chunk of chains is full"],
      [
        "if (value === other) continue;",
        "if (value === other) return 0;",
        "pieces are ordered by their first value alone",
      ],
      [
        "const content = { system, protocol, settings, seed, from, to,",
        "const content = { system, protocol, settings, from, to,",
        "the seed is not part of a task's name",
      ],
    ],
  },
  {
    file: "src/lab/task-log.ts",
    tests: tests("task-log"),
    mutants: [
      ["record.chain < to", "record.chain <= to", "a record of another task is let pass"],
      [
        "line === doneLine(hashLines(before)) && i === lines.length - 1",
        'line.startsWith(\'{"kind":"done"\') && i === lines.length - 1',
        "the closing hash of a log is not compared",
      ],
      ["saved.chain >= last", "saved.chain > last", "a saved state within a chain is thrown away"],
      [
        "if (log === hashLines(lines.slice(0, saved.lines))) return point;",
        "return point;",
        "a saved state of another log is continued",
      ],
      [
        "isTogether ? 0 : records.findIndex",
        "isTogether ? lines.length : records.findIndex",
        "what is kept of a task whose chains run together",
      ],
      [
        "sort((a, b) => a.chain - b.chain)",
        "sort((a, b) => b.chain - a.chain)",
        "the order of chains in the content hash",
      ],
    ],
  },
  {
    file: "src/lab/node/sealed.ts",
    tests: tests("node/check-run"),
    mutants: [
      ["found !== sealedText(content) ? undefined : content", "false ? undefined : content", "seals are not compared"],
    ],
  },
  {
    file: "src/lab/node/check-run.ts",
    tests: tests("node/check-run"),
    mutants: [
      [
        "if (value === hash) return { name };",
        "if (value !== undefined) return { name };",
        "any content of a file will do",
      ],
      [
        "if (hash.value === finish.contentHash) return files;",
        "return files;",
        "the content hash of the run is not compared",
      ],
      [
        "isListed ? there.filter(name => !known.has(name) && !isOfWorkers(name)) : []",
        "[]",
        "files that nobody wrote down",
      ],
    ],
  },
  {
    file: "src/lab/node/lock.ts",
    tests: tests("node/lock", "node/lock-contenders"),
    mutants: [
      [
        "(holder.restart ?? 0) < (ownJob().restart ?? 0)",
        "(holder.restart ?? 0) <= (ownJob().restart ?? 0)",
        "a job takes over from itself",
      ],
      [
        "if (holder.host !== hostname()) return true;",
        "if (holder.host !== hostname()) return false;",
        "the lock of another host is dead",
      ],
      ["&& holder.started === startOf(holder.pid)", "", "another process of the same number holds the lock"],
      ["if (readText(path) === mine) unlinkSync(path);", "unlinkSync(path);", "the lock of another one is given back"],
      ["if (!holder) return false;", "if (!holder) return true;", "a torn lock is held"],
    ],
  },
  {
    file: "src/lab/verdicts.ts",
    tests: tests("verdicts"),
    mutants: [
      [
        'return { claim: claim.id, outcome: "undecided", reason, comparisons: [] };',
        'return { claim: claim.id, outcome: "holds", reason, comparisons: [] };',
        "a claim whose study was not run holds",
      ],
      [
        'return { claim: claim.id, outcome: "fails", reason, comparisons: [] };',
        'return { claim: claim.id, outcome: "undecided", reason, comparisons: [] };',
        "a claim that cannot be measured is undecided",
      ],
    ],
  },
  {
    file: "src/lab/compare.ts",
    tests: tests("compare"),
    mutants: [
      [
        "allowance.relative * Math.abs(expected)",
        "allowance.relative * Math.abs(expected) * 10",
        "relative tolerance of test vectors",
      ],
      ["actual.length !== expected.length", "actual.length < expected.length", "lists with more entries than expected"],
      ["tolerance.fields.get(key) ?? allowance", "allowance", "tolerances of single fields"],
    ],
  },
  {
    file: "src/lab/verify.ts",
    tests: tests("verify"),
    mutants: [['failures.length === 0 ? "passed" : "failed"', '"passed"', "every test vector passes"]],
  },
  {
    file: "src/lab/record-line.ts",
    tests: tests("run-task", "executor"),
    mutants: [["if (!Number.isFinite(value))", "if (Number.isNaN(value))", "infinities are written into records"]],
  },
  {
    file: "src/lab/plan.ts",
    tests: tests("plan", "node/extend"),
    mutants: [
      [
        "pieces.filter(piece => !known.has(canonicalJson(piece)))",
        "[...pieces]",
        "a piece that was made is made again",
      ],
      [
        "if (others.every(other => other === first))",
        "if (others.length >= 0)",
        "chains whose plans differ share pieces",
      ],
    ],
  },
  {
    file: "src/lab/nearest.ts",
    tests: tests("nearest"),
    mutants: [["Math.max(2, word.length / 3)", "word.length", "any word is near to any other"]],
  },
];
