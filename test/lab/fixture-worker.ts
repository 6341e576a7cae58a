import { parentPort } from "node:worker_threads";
import { serveTasks } from "../../src/lab/worker-loop.ts";
import { systems } from "./fixture-system.ts";

serveTasks(
  {
    post: message => parentPort!.postMessage(message),
    onMessage: handler =>
      void parentPort!.on("message", message => {
        // What a crash of the engine looks like from outside.
        if (message.task.seed === 666) process.exit(3);
        if (message.task.seed === 777)
          for (const kept: number[][] = []; ; ) kept.push(Array.from({ length: 1000 }, (_, i) => i));
        handler(message);
      }),
  },
  name => systems[name],
);
