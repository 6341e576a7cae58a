import * as landau from "../../src/index.ts";
import type { ModelReply, ModelRequest } from "./model-messages.ts";

const post = (reply: ModelReply): void => self.postMessage(reply);

/** Points of a curve. */
const MOST = 300;
const MOST_SEEDS = 64;

self.onmessage = async ({ data: { text, seeds } }: MessageEvent<ModelRequest>) => {
  try {
    const experiment = await experimentOf(text);
    const chains = Math.max(1, Math.min(MOST_SEEDS, Math.round(seeds) || 1));
    const trained = landau.trainEnsemble(experiment, { chains });
    const length = trained[0].loss.length;
    const every = Math.max(1, Math.ceil(length / MOST));
    const steps = Array.from({ length: Math.ceil(length / every) }, (_, i) => i * every);
    post({ type: "losses", steps, losses: trained.map(({ loss }) => steps.map(step => loss[step])), done: true });
  } catch (error) {
    post({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }
};

/** The experiment that a module of the visitor's exports. It runs in this worker alone, and knows the library by the name landau. */
const experimentOf = async (text: string): Promise<landau.Experiment> => {
  (self as unknown as { landau: typeof landau }).landau = landau;
  const code = text.replace(/^\s*import\s*\{([^}]*)\}\s*from\s*["']landau["'];?/gm, "const {$1} = self.landau;");
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    const made = (await import(/* @vite-ignore */ address)) as { readonly experiment?: landau.Experiment };
    if (!made.experiment)
      throw new landau.LandauError(
        "input",
        "the model exports nothing called experiment: needs export const experiment = { model, data, optimiser, steps }",
      );
    return made.experiment;
  } finally {
    URL.revokeObjectURL(address);
  }
};
