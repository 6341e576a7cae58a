import type { System } from "../contracts/index.ts";
import { collectiveLearning } from "./collective-learning/index.ts";
import { deepLinear } from "./deep-linear/index.ts";
import { lawOfBalance } from "./law-of-balance/index.ts";
import { linearSsl } from "./linear-ssl/index.ts";
import { linearVae } from "./linear-vae/index.ts";
import { mirrorSymmetry } from "./mirror-symmetry/index.ts";
import { modular } from "./modular/index.ts";
import { superposition } from "./superposition/index.ts";

/** Every system by its name. */
export const systems: { readonly [name: string]: System } = {
  superposition,
  modular,
  "deep-linear": deepLinear,
  "linear-vae": linearVae,
  "linear-ssl": linearSsl,
  "law-of-balance": lawOfBalance,
  "mirror-symmetry": mirrorSymmetry,
  "collective-learning": collectiveLearning,
};
