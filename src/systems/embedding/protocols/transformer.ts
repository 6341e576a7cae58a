import { protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { likeness, representationOf } from "../theory/ring.ts";
import { checkTransformer, transformerControls } from "../transformer/controls.ts";
import { followControls, followTransformer, type TransformerOutcome } from "../transformer/follow.ts";
import { EMBEDDINGS } from "../transformer/model.ts";

type Seen = {
  readonly step: number;
  readonly loss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly effectiveDimension: number;
  readonly frequency: number;
  readonly ringShare: number;
};

/** When the plane of the embeddings is kept: at the start, when training and test accuracy first reached 0.9, and at the end. */
type When = "start" | "memorised" | "generalised" | "end";

export type TransformerRecords = {
  readonly checkpoint: Seen;
  /** Where the residues lie in the plane of the first two principal components. */
  readonly plane: {
    readonly when: When;
    readonly step: number;
    readonly frequency: number;
    readonly ringShare: number;
    readonly points: readonly (readonly [number, number])[];
  };
  readonly final: Seen & {
    readonly trainStep: number | null;
    readonly testStep: number | null;
    /** Likeness to the end of the start, and of another start that was not trained from. */
    readonly startLikeness: number;
    readonly otherLikeness: number;
  };
};

export const transformerProtocol = protocol<TransformerRecords>()({
  name: "transformer",
  summary: "train a transformer to add modulo p, and follow the effective dimension and the ring of its embeddings",
  settings: { ...transformerControls, ...followControls },
  small: { modulus: 5, width: 4, heads: 2, expansion: 2, steps: 30, every: 10, dropout: 0.1 },
  check: settings => checkTransformer(settings),
  run({ settings, seed, chain }, context) {
    const { modulus, width, startScale } = settings;
    const address = { seed, chain };
    const look = (embeddings: Float64Array) => representationOf(embeddings, modulus, width);
    const keepPlane = (when: When, step: number, embeddings: Float64Array) => {
      const { plane, frequency, ringShare } = look(embeddings);
      context.record("plane", { when, step, frequency, ringShare, points: plane });
    };
    let last: { readonly seen: Seen & TransformerOutcome; readonly embeddings: Float64Array } | undefined;
    const { start } = followTransformer(settings, address, context, state => {
      const { step, loss, trainAccuracy, testAccuracy, trainStep, testStep, parameters } = state;
      const embeddings = parameters[EMBEDDINGS].data;
      const { effectiveDimension, frequency, ringShare } = look(embeddings);
      const seen = { step, loss, trainAccuracy, testAccuracy, effectiveDimension, frequency, ringShare };
      context.record("checkpoint", seen);
      if (step === 0) keepPlane("start", step, embeddings);
      if (step === trainStep) keepPlane("memorised", step, embeddings);
      if (step === testStep) keepPlane("generalised", step, embeddings);
      last = { seen: { ...seen, trainStep, testStep }, embeddings };
    });
    const { seen, embeddings } = last!;
    keepPlane("end", seen.step, embeddings);
    const other = new Float64Array(modulus * width);
    stream({ ...address, purpose: "another start" }).normals(other);
    context.record("final", {
      ...seen,
      startLikeness: likeness(start[EMBEDDINGS].data, embeddings, modulus, width),
      otherLikeness: likeness(
        other.map(value => startScale * value),
        embeddings,
        modulus,
        width,
      ),
    });
    context.snapshot("embeddings", { E: { shape: [modulus, width], data: embeddings } });
  },
});
