import { study } from "../../../protocols/study.ts";
import { transformerProtocol } from "../protocols/transformer.ts";

/** So small that a transformer learns within seconds: no normalisation, small embeddings, which decay. */
const recipe = {
  ...({ normalisation: "none", startScale: 0.3, embeddingDecay: 1 } as const),
  ...({ embeddingRate: 3e-3, decoderRate: 3e-3 } as const),
};

/** Seen from the start until well after generalisation. */
export const ring = study(
  "transformer-ring",
  transformerProtocol,
  { settings: { ...recipe, modulus: 31, trainFraction: 0.6, width: 64, weightDecay: 3, steps: 440 } },
  { quick: { chains: 6 }, full: { chains: 20 } },
);

/** Until test accuracy reaches 0.9, or the steps are over. */
const delay = (name: string, settings: { readonly weightDecay?: number; readonly dropout?: number }) =>
  study(
    `transformer-${name}`,
    transformerProtocol,
    {
      settings: {
        ...recipe,
        modulus: 23,
        trainFraction: 0.7,
        width: 32,
        steps: 1000,
        stop: "generalised",
        ...settings,
      },
    },
    { quick: { chains: 5 }, full: { chains: 20, settings: { steps: 4000 } } },
  );

export const noDecay = delay("no-decay", {});
export const someDecay = delay("decay-1", { weightDecay: 1 });
export const strongDecay = delay("decay-3", { weightDecay: 3 });
export const withDropout = delay("dropout", { weightDecay: 1, dropout: 0.2 });

/** Addition modulo 53 with embeddings of 256 numbers. */
export const sourceSize = study(
  "transformer-53",
  transformerProtocol,
  { settings: { ...recipe, weightDecay: 3, steps: 600, every: 25 } },
  { full: { chains: 3 } },
);

export const transformerStudies = [ring, noDecay, someDecay, strongDecay, withDropout, sourceSize];
