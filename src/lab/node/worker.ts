import { parentPort } from "node:worker_threads";
import { serveTasks } from "../worker-loop.ts";
import { systemsWith } from "./experiment-file.ts";
import { fastModes } from "./fast-modes.ts";

serveTasks(
  {
    post: message => parentPort!.postMessage(message),
    onMessage: handler => void parentPort!.on("message", handler),
  },
  async name => (await systemsWith(name)).systems[name],
  fastModes,
);
