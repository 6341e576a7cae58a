import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { dataset } from "../../../experiments/data.ts";
import { evaluator } from "../../../experiments/evaluator.ts";
import { checkExperiment } from "../../../experiments/experiment.ts";
import { trainer } from "../../../experiments/trainer.ts";
import { adam } from "../../../learning/adam.ts";
import { linearCheckpoints } from "../../../learning/checkpoints.ts";
import { type Collapse, collapseModel, collapseOf } from "../images/collapse.ts";
import { imageControls } from "../images/controls.ts";
import { digitImages } from "../images/digits.ts";
import { imageData } from "../images/model.ts";

type Seen = { readonly step: number; readonly loss: number } & Pick<Collapse, "within" | "nearest">;

export const collapseProtocol = protocol<{ checkpoint: Seen; final: Seen }>()({
  name: "collapse",
  summary: "train a network to bring pictures of one label together, and see whether labels come to distinct places",
  settings: {
    trainImages: { ...imageControls.trainImages, default: 400 },
    side: imageControls.side,
    width: { ...imageControls.width, default: 100 },
    rate: { ...imageControls.rate, summary: "learning rate of Adam", default: 3e-3 },
    steps: integer("steps of training", { default: 100, min: 1, max: 1_000_000, scale: "log" }),
    every: integer("steps between looks", { default: 10, min: 1, max: 1_000_000 }),
  },
  small: { trainImages: 20, side: 6, width: 6, steps: 20 },
  run({ settings, seed, chain }, context) {
    const { trainImages, side, width, rate, steps, every } = settings;
    const images = digitImages(trainImages, side, { seed, chain, purpose: "train pictures" });
    const model = collapseModel(width);
    const data = imageData(images);
    const experiment = checkExperiment({ model, data, optimiser: adam({ stepSize: rate }), steps });
    const run = trainer(experiment, { seed, from: chain, count: 1 });
    const evaluate = evaluator(model, dataset(data), "f32");
    const { saved } = context;
    if (saved) run.restore(saved);
    let last: Seen | undefined;
    for (const step of linearCheckpoints(Math.min(every, steps), steps)) {
      if (saved && step <= (saved.step as number)) continue;
      run.advance(step);
      const { loss, outputs } = evaluate(run.parameters(0));
      last = { step, loss, ...collapseOf(outputs.places.data, images.labels) };
      context.record("checkpoint", last);
      if (step < steps) context.save(() => run.save());
      context.progress(step / steps);
    }
    context.record("final", last!);
  },
});
