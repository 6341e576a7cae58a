import type { Settings } from "../../src/contracts/field.ts";
import { isLandauError } from "../../src/errors.ts";
import type { LiveValues } from "../../src/protocols/live.ts";
import { loadSystem } from "../../src/systems/index.ts";
import { countsOf, startEnsemble } from "../ensemble-run.ts";
import type { EnsembleLook, EnsembleReply, EnsembleRequest } from "./ensemble-messages.ts";

/** Milliseconds between two reports. */
const BEAT = 1000 / 30;

const post = (reply: EnsembleReply): void => self.postMessage(reply);

/** Trains all members at full speed, and tells thirty times a second where they stand. */
self.onmessage = async ({ data: { system, settings, seed, members } }: MessageEvent<EnsembleRequest>) => {
  try {
    const { learner } = await loadSystem(system);
    const run = startEnsemble(learner!, settings as LiveValues<Record<string, never>> & Settings, seed, members);
    const steps = Number(settings.steps);
    const look = (): EnsembleLook => ({ step: run.step, counts: countsOf(run.labels) });
    let looks = [look()];
    const begun = performance.now();
    let told = begun;
    while (run.step < steps) {
      run.advance();
      looks.push(look());
      const now = performance.now();
      if (run.step < steps && now - told < BEAT) continue;
      told = now;
      post({ type: "looks", looks, rate: (1000 * run.step * members) / (now - begun), done: run.step >= steps });
      looks = [];
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    post({ type: "failed", message: isLandauError(error) ? message : `a fault of the page: ${message}` });
  }
  self.close();
};
