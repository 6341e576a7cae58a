import type { System } from "../contracts/index.ts";
import { modular } from "./modular/index.ts";
import { superposition } from "./superposition/index.ts";

/** Every system by its name. */
export const systems: { readonly [name: string]: System } = { superposition, modular };
