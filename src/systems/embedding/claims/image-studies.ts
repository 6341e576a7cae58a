import { study } from "../../../protocols/study.ts";
import { collapseProtocol } from "../protocols/collapse.ts";
import { imageMapProtocol } from "../protocols/image-map.ts";
import { imagesProtocol } from "../protocols/images.ts";

/** So small that the four phases lie within seconds of training. */
const small = {
  ...{ trainImages: 200, testImages: 300, width: 50, batch: 50 },
  ...{ startScale: 4, weightDecay: 0.1, steps: 8000, every: 250 },
} as const;

const ensemble = (name: string, settings: NonNullable<typeof imagesProtocol.small>) =>
  study(
    `images-${name}`,
    imagesProtocol,
    { settings: { ...small, stop: "decided", ...settings } },
    { quick: { chains: 4 }, full: { chains: 20 } },
  );

export const largeStart = ensemble("large-start", {});
export const commonStart = ensemble("common-start", { startScale: 1 });
export const moreDecay = ensemble("more-decay", { weightDecay: 1 });

/** Numbers of training pictures, with what is learned of each. */
export const imageSizes = [50, 100, 200, 400].map(trainImages => ({
  trainImages,
  study: ensemble(`of-${trainImages}`, { trainImages, weightDecay: 0.3 }),
}));

export const imageMap = study(
  "images-map",
  imageMapProtocol,
  { settings: small },
  {
    quick: { settings: { decayCount: 4, rateCount: 3 } },
    full: { chains: 3 },
  },
);

/** Pictures of one label brought together. */
export const collapse = study("images-collapse", collapseProtocol, {}, { quick: { chains: 8 }, full: { chains: 20 } });

export const imageStudies = [
  largeStart,
  commonStart,
  moreDecay,
  ...imageSizes.map(({ study }) => study),
  imageMap,
  collapse,
];
