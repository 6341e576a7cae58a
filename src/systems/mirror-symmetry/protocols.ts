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
    start: (_, { seed, chain }) => {
      const w = new Float64Array(2);
      stream({ seed, chain, purpose: "start" }).normals(w);
      return w;
    },
    observe: ({ pair }, w) => {
      const { O } = lossAt(pair);
      let square = 0;
      for (let a = 0; a < O[0].length; a++) {
        let sum = 0;
        for (let i = 0; i < w.length; i++) sum += O[i][a] * w[i];
        square += sum * sum;
      }
      const order = Math.sqrt(square);
      return { order, label: order > 0.01 ? "broken" : "symmetric" };
    },
  }),
};
