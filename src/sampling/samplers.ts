import { baoab } from "./baoab.ts";
import { ellipticalSlice } from "./elliptical-slice.ts";
import { gibbs } from "./gibbs.ts";
import { hmc } from "./hmc.ts";
import { langevin } from "./langevin.ts";
import { mala } from "./mala.ts";
import { nuts } from "./nuts.ts";
import { rmspropLangevin } from "./rmsprop-langevin.ts";
import type { Sampler } from "./sampler.ts";
import { sghmc } from "./sghmc.ts";
import { sgnht } from "./sgnht.ts";
import { surrogate } from "./surrogate.ts";
import { tempering } from "./tempering.ts";

/** Samplers by the name a spec calls them; each factory takes the settings of its file. */
export const samplers = {
  langevin,
  "rmsprop-langevin": rmspropLangevin,
  sghmc,
  sgnht,
  baoab,
  mala,
  hmc,
  nuts,
  gibbs,
  tempering,
  surrogate,
  "elliptical-slice": ellipticalSlice,
} satisfies { readonly [name: string]: (settings: never) => Sampler };
