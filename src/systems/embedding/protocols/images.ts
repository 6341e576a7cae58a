import { protocol } from "../../../contracts/protocol.ts";
import { checkImages, imageControls } from "../images/controls.ts";
import { followControls, followImages, type ImageOutcome, type ImageState } from "../images/follow.ts";

export type ImageRecords = {
  readonly checkpoint: ImageState;
  readonly final: ImageState & ImageOutcome;
};

export const imagesProtocol = protocol<ImageRecords>()({
  name: "images",
  summary: "train a perceptron from a large start on generated pictures of digits, and tell the phase",
  settings: { ...imageControls, ...followControls },
  small: { trainImages: 20, testImages: 10, side: 6, width: 6, batch: 8, steps: 60, every: 10 },
  check: settings => checkImages(settings),
  run({ settings, seed, chain }, context) {
    const { outcome, last, parameters } = followImages(settings, { seed, chain }, context, state =>
      context.record("checkpoint", state),
    );
    context.record("final", { ...last, ...outcome });
    context.snapshot("parameters", parameters);
  },
});
