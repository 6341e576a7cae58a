#!/usr/bin/env node
import { main } from "./command-line.ts";

const interrupt = new AbortController();
process.on("SIGINT", () => {
  // The first Ctrl-C lets the run close its records; the second does not wait.
  if (interrupt.signal.aborted) process.exit(130);
  interrupt.abort();
});

// A reader that has seen enough (`| head`) closes the pipe: that is no error of ours, and the call goes on to its end.
for (const output of [process.stdout, process.stderr])
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });

const { stdout, stderr, env } = process;
const code = await main(process.argv.slice(2), { stdout, stderr, env, signal: interrupt.signal });
// Pipes may still hold text; workers may still be alive.
stdout.write("", () => process.exit(code));
