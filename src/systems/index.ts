import type { Exhibits } from "../charts/exhibits.ts";
import type { System, SystemCard } from "../contracts/system.ts";
import { invalid } from "../errors.ts";
import { card as alignment } from "./alignment/card.ts";
import { card as collectiveLearning } from "./collective-learning/card.ts";
import { card as deepLinear } from "./deep-linear/card.ts";
import { card as embedding } from "./embedding/card.ts";
import { card as emergence } from "./emergence/card.ts";
import { card as lawOfBalance } from "./law-of-balance/card.ts";
import { card as linearSsl } from "./linear-ssl/card.ts";
import { card as linearVae } from "./linear-vae/card.ts";
import { card as mirrorSymmetry } from "./mirror-symmetry/card.ts";
import { card as modular } from "./modular/card.ts";
import { card as outputDistribution } from "./output-distribution/card.ts";
import { card as relations } from "./relations/card.ts";
import { card as superposition } from "./superposition/card.ts";
import { card as tame } from "./tame/card.ts";

/** A system that is loaded when it is asked for: one of them, with its pictures, is most of what a page can carry. */
export interface ListedSystem {
  readonly card: SystemCard;
  load(): Promise<System>;
  /** Its own pictures, tables and formulae; apart, so that the core draws nothing. What records give by their kind is drawn without. */
  exhibits?(): Promise<Exhibits>;
}

/** Every system by its name. A new one is a row here. */
export const systems = {
  superposition: {
    card: superposition,
    load: async () => (await import("./superposition/index.ts")).superposition,
    exhibits: async () => (await import("./superposition/figures/index.ts")).figures,
  },
  modular: {
    card: modular,
    load: async () => (await import("./modular/index.ts")).modular,
    exhibits: async () => (await import("./modular/figures/index.ts")).figures,
  },
  "deep-linear": {
    card: deepLinear,
    load: async () => (await import("./deep-linear/index.ts")).deepLinear,
    exhibits: async () => (await import("./deep-linear/figures/index.ts")).figures,
  },
  "linear-vae": {
    card: linearVae,
    load: async () => (await import("./linear-vae/index.ts")).linearVae,
    exhibits: async () => (await import("./linear-vae/figures.ts")).figures,
  },
  "linear-ssl": {
    card: linearSsl,
    load: async () => (await import("./linear-ssl/index.ts")).linearSsl,
    exhibits: async () => (await import("./linear-ssl/figures.ts")).figures,
  },
  "law-of-balance": {
    card: lawOfBalance,
    load: async () => (await import("./law-of-balance/index.ts")).lawOfBalance,
    exhibits: async () => (await import("./law-of-balance/figures/index.ts")).figures,
  },
  "mirror-symmetry": {
    card: mirrorSymmetry,
    load: async () => (await import("./mirror-symmetry/index.ts")).mirrorSymmetry,
    exhibits: async () => (await import("./mirror-symmetry/figures.ts")).figures,
  },
  "collective-learning": {
    card: collectiveLearning,
    load: async () => (await import("./collective-learning/index.ts")).collectiveLearning,
    exhibits: async () => (await import("./collective-learning/figures/index.ts")).figures,
  },
  embedding: {
    card: embedding,
    load: async () => (await import("./embedding/index.ts")).embedding,
    exhibits: async () => (await import("./embedding/figures/index.ts")).figures,
  },
  relations: {
    card: relations,
    load: async () => (await import("./relations/index.ts")).relations,
    exhibits: async () => (await import("./relations/figures/index.ts")).figures,
  },
  tame: {
    card: tame,
    load: async () => (await import("./tame/index.ts")).tame,
    exhibits: async () => (await import("./tame/figures/index.ts")).figures,
  },
  alignment: {
    card: alignment,
    load: async () => (await import("./alignment/index.ts")).alignment,
    exhibits: async () => (await import("./alignment/figures/index.ts")).figures,
  },
  emergence: {
    card: emergence,
    load: async () => (await import("./emergence/index.ts")).emergence,
    exhibits: async () => (await import("./emergence/figures/index.ts")).figures,
  },
  "output-distribution": {
    card: outputDistribution,
    load: async () => (await import("./output-distribution/index.ts")).outputDistribution,
    exhibits: async () => (await import("./output-distribution/figures/index.ts")).figures,
  },
} as const satisfies { readonly [name: string]: ListedSystem };

export type SystemName = keyof typeof systems;

/** The same table, for names that are known only when the program runs. */
export const listedSystems: { readonly [name: string]: ListedSystem } = systems;

/** Loads a system whose name is known only when the program runs. Throws a LandauError of kind "input" for a name that is none. */
export const loadSystem = async (name: string): Promise<System> => {
  if (!Object.hasOwn(listedSystems, name))
    throw invalid("system", name, `one of ${Object.keys(listedSystems).join(", ")}`);
  return listedSystems[name].load();
};
