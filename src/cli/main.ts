#!/usr/bin/env node
import { constants } from "node:os";
import { resolve } from "node:path";
import { callProgramAs } from "../call-text.ts";
import { main } from "./command-line.ts";
import { exitCodes } from "./exit-codes.ts";
import { fileOutput } from "./file-output.ts";
import { programWords } from "./program-words.ts";

/** Ctrl-C, what a batch system sends before it kills, and the end of the terminal. */
const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

let interrupt: AbortController | undefined;
let received: (typeof interrupts)[number] = "SIGINT";

/** The exit code that shells give to what a signal ended. */
const interruptedCode = () => 128 + constants.signals[received];

/** Listens to signals from the first time that somebody wants to know: anything else is ended by them at once. */
const interruptSignal = (): AbortSignal => {
  if (!interrupt) {
    const controller = new AbortController();
    for (const name of interrupts)
      process.on(name, () => {
        received = name;
        // The first lets the run close its records; the second does not wait.
        if (controller.signal.aborted) process.exit(interruptedCode());
        controller.abort();
      });
    interrupt = controller;
  }
  return interrupt.signal;
};

// A reader that has seen enough (`| head`) closes the pipe, and a terminal may be closed: that is no error of ours, and the call goes on to its end.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
});
// Of a standard error that cannot be written nothing can be said.
process.stderr.on("error", () => {});

const { stdout, stderr, env, argv } = process;
// The build puts the command line into `dist`.
const root = resolve(import.meta.dirname, "..");
callProgramAs(programWords({ script: argv[1], root, cwd: process.cwd(), env }));
const code = await main(argv.slice(2), {
  stdout: fileOutput(stdout, "the standard output"),
  stderr,
  env,
  get signal() {
    return interruptSignal();
  },
});
// Pipes may still hold text; workers may still be alive.
stdout.write("", () => process.exit(code === exitCodes.cancelled ? interruptedCode() : code));
