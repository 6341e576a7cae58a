import { loadSystem } from "../../src/systems/index.ts";
import { plainThumbnail } from "../plain-thumbnail.ts";
import { quickSweep, type Sweep, thumbnail } from "../thumbnail.ts";

/** One picture in so many milliseconds, so that one sees it grow. */
const BEAT = 60;

self.onmessage = async ({ data }: MessageEvent<string>) => {
  const system = await loadSystem(data);
  if (!system.learner) {
    self.postMessage(plainThumbnail(system));
    self.close();
    return;
  }
  let shown = 0;
  let latest: Sweep = [];
  quickSweep(system, sweep => {
    latest = sweep;
    const now = performance.now();
    if (now - shown < BEAT) return;
    shown = now;
    self.postMessage(thumbnail(system, sweep));
  });
  self.postMessage(thumbnail(system, latest));
  self.close();
};
