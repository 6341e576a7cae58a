import type { System } from "../../contracts/index.ts";
import { card } from "./card.ts";
import { modularClaims } from "./claims/index.ts";
import { modularObjective } from "./model/objective.ts";
import { fullTable } from "./model/pairs.ts";
import { randomStart } from "./model/start.ts";
import { modularPoints, namedPoints } from "./points.ts";
import { modularProtocols } from "./protocols/index.ts";
import { modularReproductions } from "./reproductions.ts";
import { modularTheory } from "./theory/index.ts";
import { modularVectors } from "./vectors.ts";

export const modular: System = {
  ...card,
  theory: modularTheory,
  phases: settings => {
    const { p } = settings as { [name: string]: number };
    const dimensions = { p, K: (settings.K as number) || 64 };
    const start = randomStart(dimensions, { seed: 101, sw: 0.3, sv: 0.1 });
    const loss = modularObjective({ ...dimensions, pairs: fullTable(p, (settings.op as string) ?? "add") }).loss(start);
    return [
      { label: "untrained", loss },
      ...Object.keys(namedPoints)
        .filter(label => label !== "untrained")
        .map(label => ({ label, loss: 0 })),
    ];
  },
  points: modularPoints,
  protocols: modularProtocols,
  reproductions: modularReproductions,
  claims: modularClaims,
  vectors: modularVectors,
};
