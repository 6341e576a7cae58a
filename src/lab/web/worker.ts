import { listedSystems } from "../../systems/index.ts";
import { serveTasks } from "../worker-loop.ts";

serveTasks(
  {
    post: message => self.postMessage(message),
    onMessage: handler => {
      self.onmessage = ({ data }) => handler(data);
    },
  },
  name => listedSystems[name].load(),
);
