import type { Control } from "../../contracts/control.ts";
import type { Protocol } from "../../contracts/protocol.ts";
import { stream } from "../../numerics/stream.ts";
import { annealProtocol } from "../anneal.ts";
import { type MirrorLoss, mirrorLosses } from "./model.ts";

const settings = {
  pair: { kind: "choice", summary: "which symmetry", default: "rescaling", choices: Object.keys(mirrorLosses) },
  strength: { kind: "number", summary: "N of the loss", default: 1, min: 1e-3, max: 100 },
  gamma: { kind: "number", summary: "weight decay", default: 0.5, min: 0, max: 100 },
} as const satisfies { readonly [name: string]: Control };

export const lossAt = (name: number | string): MirrorLoss => mirrorLosses[name as keyof typeof mirrorLosses];

export const mirrorSymmetryProtocols: { readonly [name: string]: Protocol } = {
  anneal: annealProtocol({
    summary: "sweep weight decay slowly up and down: the symmetric plane attracts above gamma_c",
    settings,
    controls: ["gamma", "strength"],
    defaults: { from: 0.4, to: 1.2, stepSize: 0.05 },
    objective: ({ pair, strength, gamma }) => lossAt(pair).objective(strength as number, gamma as number),
    start: ({ pair, strength, gamma }, { seed, chain }) => {
      const { size } = lossAt(pair).objective(strength as number, gamma as number);
      const w = new Float64Array(size);
      stream({ seed, chain, purpose: "start" }).normals(w);
      const scale = Math.sqrt(2 / size);
      return w.map(value => scale * value);
    },
    observe: ({ pair }, w) => {
      const order = lossAt(pair).distance(w);
      return { order, label: order > 0.01 ? "broken" : "symmetric" };
    },
  }),
};
