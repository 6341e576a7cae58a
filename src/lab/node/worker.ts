import { parentPort } from "node:worker_threads";
import { systems } from "../../systems/index.ts";
import { serveTasks } from "../worker-loop.ts";

serveTasks(
  {
    post: message => parentPort!.postMessage(message),
    onMessage: handler => void parentPort!.on("message", handler),
  },
  systems,
);
