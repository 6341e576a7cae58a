import type { Settings } from "../src/contracts/field.ts";
import type { JsonObject } from "../src/contracts/json.ts";

/** Which closed form is shown, at which inputs, and over which of them; names and inputs that are not there stand for the first, and the defaults. */
export interface FormView {
  readonly name: string;
  readonly inputs: JsonObject;
  readonly along: string;
}

/** A stop of a tour: what to see, and the state of the page that shows it. */
export interface Stop {
  readonly text: string;
  readonly settings?: Settings;
  readonly knob?: string;
  readonly seed?: number;
  /** A closed form with inputs that differ from its defaults, where a system has no learner. */
  readonly form?: FormView;
  /** What is done on arriving. */
  readonly act?: "restart" | "sweep" | "measure" | "map" | "quench" | "coefficient" | "predict" | "ensemble";
}

interface Words {
  /** One sentence: what to look for. */
  readonly look?: string;
  readonly knob?: string;
  /** Values of the opening that differ from the defaults. */
  readonly settings?: Settings;
  /** Members of an ensemble that takes a few seconds. */
  readonly members?: number;
  readonly tour?: readonly Stop[];
  /** The closed form with which a system without a learner opens, and the input that is turned, between which values. */
  readonly form?: OpeningForm;
}

export interface OpeningForm {
  readonly name: string;
  readonly along: string;
  readonly from: number;
  readonly to: number;
  readonly isLog?: true;
  /** Parts of the answer that are drawn. */
  readonly quantities?: readonly string[];
}

const words: { readonly [system: string]: Words } = {
  superposition: {
    look: "Six features share two dimensions: from a random start they settle on a polygon, and the seed decides whether it is a square, a pentagon or a hexagon.",
    settings: { start: "R", every: 10 },
    members: 512,
    tour: [
      {
        text: "From a random start: this seed comes to rest on a pentagon and gives up one feature, a level above the lowest loss. All these levels are known in closed form.",
        settings: { start: "R", weightDecay: 0, outputWeight: 1, c: 6 },
        seed: 0,
        act: "restart",
      },
      {
        text: "Another seed finds the hexagon, the state of lowest loss: the broken line is its predicted norm.",
        seed: 4,
        act: "restart",
      },
      {
        text: "512 seeds at once: how many end on a square, a pentagon, a hexagon?",
        seed: 0,
        act: "ensemble",
      },
      {
        text: "Start on the perfect hexagon and let weight decay grow slowly: corners are lost one jump after the other.",
        settings: { start: "polygon" },
        knob: "weightDecay",
        act: "sweep",
      },
      {
        text: "At decay 4/(3c), the mark on the slider, the last columns have vanished: beyond it nothing is represented.",
        settings: { start: "polygon", weightDecay: 0.23 },
        knob: "weightDecay",
        act: "restart",
      },
      {
        text: "How many directions around the hexagon are flat? The learning coefficient counts them, beside the closed form.",
        settings: { start: "polygon", weightDecay: 0 },
        act: "coefficient",
      },
    ],
  },
  modular: {
    look: "The table of sums mod 5 is learned; as decay grows it is lost at a jump, and what remains is a constant.",
    tour: [
      { text: "A quadratic network begins close to a solution of addition mod 5 and settles on it.", act: "restart" },
      {
        text: "Too much decay: the table is lost, and what remains is a constant output, whose norm is predicted. It does not come back, since zero is a minimum at every decay.",
        knob: "weightDecay",
        settings: { weightDecay: 0.09 },
        act: "restart",
      },
      {
        text: "Up and down slowly: the two ways differ. That gap is hysteresis, the sign of a first-order transition.",
        knob: "weightDecay",
        settings: { weightDecay: 0 },
        act: "sweep",
      },
      {
        text: "The learning coefficient of the solution, which says how much volume it has.",
        settings: { weightDecay: 0 },
        act: "coefficient",
      },
    ],
  },
  "deep-linear": {
    look: "Beyond a critical weight decay the network switches off all at once: it jumps, and does not come back by the same road.",
    tour: [
      {
        text: "A network of two hidden layers learns a linear target. The broken line is the predicted norm of a layer.",
        settings: { D: 2, weightDecay: 0.3 },
        act: "restart",
      },
      {
        text: "Past the critical decay the state of lowest loss is zero. But the learned state is still a minimum for a while: here the network holds on.",
        settings: { weightDecay: 0.43 },
        knob: "weightDecay",
        act: "restart",
      },
      {
        text: "Slowly up and down: the way up and the way down part. With two hidden layers the transition is of first order.",
        settings: { D: 2 },
        knob: "weightDecay",
        act: "sweep",
      },
      {
        text: "With one hidden layer the order parameter falls to zero continuously: second order. The formula changes with the depth.",
        settings: { D: 1, weightDecay: 0.3 },
        knob: "weightDecay",
        act: "measure",
      },
      {
        text: "Decay against strength of the target: the boundary is filled in where runs tell most about it.",
        settings: { D: 2 },
        act: "map",
      },
    ],
  },
  "linear-vae": {
    look: "Latent directions switch off one by one as the weight of the prior grows: each at its own critical value.",
    knob: "beta",
    tour: [
      {
        text: "A linear autoencoder finds its latent directions, the strongest first. Bars: how strongly each is used.",
        settings: { beta: 0.5 },
        act: "restart",
      },
      { text: "A heavier prior: fewer directions pay for themselves.", settings: { beta: 2 }, act: "restart" },
      {
        text: "Slowly through all critical values: continuous, with a kink at each, and no hysteresis.",
        knob: "beta",
        act: "sweep",
      },
      {
        text: "From several seeds, beside the formula, with what is left over in standard errors.",
        knob: "beta",
        act: "measure",
      },
    ],
  },
  "linear-ssl": {
    look: "Stronger augmentation makes the encoder lose dimensions one by one: dimensional collapse.",
    tour: [
      {
        text: "An encoder learns by contrast. Bars: the strength of each direction.",
        settings: { augmentation: 1 },
        act: "restart",
      },
      {
        text: "Stronger augmentation: two of three directions are not worth their cost, and collapse.",
        settings: { augmentation: 4 },
        knob: "augmentation",
        act: "restart",
      },
      { text: "All critical values in one slow sweep.", knob: "augmentation", act: "sweep" },
      { text: "Augmentation against decay: ranks as regions, predicted lines between them.", act: "map" },
    ],
  },
  "law-of-balance": {
    look: "200 walkers of SGD: above a critical step size the noise alone pulls the product of the two weights to zero.",
    tour: [
      {
        text: "Each dot is one run of SGD on y = k x + noise with two weights u and w. The noise spreads them along the curve u w = k.",
        settings: { stepSize: 0.02 },
        act: "restart",
      },
      {
        text: "Above T_c the mean of u w goes to zero: the walkers collapse, though the loss would like them elsewhere.",
        settings: { stepSize: 0.12 },
        knob: "stepSize",
        act: "restart",
      },
      {
        text: "The mean falls on a straight line to zero at the critical temperature.",
        settings: { stepSize: 0.02 },
        knob: "stepSize",
        act: "measure",
      },
      { text: "Step size against weight decay: a straight boundary.", act: "map" },
    ],
  },
  "mirror-symmetry": {
    look: "Two weights and a mirror: with enough weight decay the ball rolls onto the mirror, and a symmetry has become a constraint.",
    tour: [
      {
        text: "The loss has a mirror. At small decay the minima lie off it.",
        settings: { weightDecay: 0.5 },
        act: "restart",
      },
      {
        text: "Beyond the critical decay the mirror itself attracts: the two weights become equal, sparse or low-rank, by the kind of mirror.",
        settings: { weightDecay: 1.1 },
        knob: "weightDecay",
        act: "restart",
      },
      {
        text: "Where do you expect the transition? Mark it, then let it run.",
        settings: { weightDecay: 0.5 },
        knob: "weightDecay",
        act: "predict",
      },
      { text: "Decay against strength.", act: "map" },
    ],
  },
  "collective-learning": {
    look: "200 networks with private data pull on each other: with a coupling of middle strength they agree, with weak or very strong ones they do not.",
    settings: { sigma: 20, every: 5 },
    tour: [
      {
        text: "Each mark is one network. Weak coupling: everybody learns their own.",
        settings: { sigma: 0.02 },
        act: "restart",
      },
      {
        text: "Stronger coupling: the networks agree on a common value.",
        settings: { sigma: 20 },
        knob: "sigma",
        act: "restart",
      },
      { text: "Slowly through the couplings, on a logarithmic axis.", knob: "sigma", act: "sweep" },
      { text: "Decay against coupling.", act: "map" },
    ],
  },
  embedding: {
    look: "Six symbols on a line: the network generalises when they stand at equal distances.",
    tour: [
      {
        text: "Symbols are embedded, added and decoded. This seed memorises its pairs and does not generalise.",
        act: "restart",
      },
      {
        text: "This one puts the symbols at equal distances: every parallelogram is there, and the pairs that were held out are right.",
        seed: 5,
        act: "restart",
      },
      {
        text: "Slowly up and down in the decay of the decoder: do the parallelograms last?",
        knob: "weightDecay",
        act: "sweep",
      },
      {
        text: "Confusion, memorisation, grokking and comprehension over the two rates.",
        knob: "decoderRate",
        act: "map",
      },
    ],
  },
  relations: {
    look: "Symbols that are alike move together: embeddings attract and repel until the relation can be read off their places.",
    tour: [
      { text: "Nine symbols in three classes. Dots of a class gather.", act: "restart" },
      {
        text: "A slow decoder leaves the work to the embeddings.",
        settings: { decoderRate: 0.001 },
        knob: "decoderRate",
        act: "restart",
      },
      {
        text: "Slowly through the rates of the decoder.",
        settings: { decoderRate: 0.01 },
        knob: "decoderRate",
        act: "sweep",
      },
      { text: "The two rates against each other.", act: "map" },
    ],
  },
  alignment: {
    look: "Two inputs, two targets: on the plateau nothing seems to happen, until the representations of the two come apart.",
    settings: { every: 10 },
    tour: [
      { text: "The plateau ends when the representations have come apart.", act: "restart" },
      {
        text: "Equal targets: nothing asks the representations to move, and they stay about where they began.",
        settings: { dy: 0 },
        knob: "dy",
        act: "restart",
      },
      {
        text: "Targets slowly apart and together again.",
        settings: { dy: Math.SQRT1_2 },
        knob: "dy",
        act: "sweep",
      },
      { text: "Distance of the inputs against that of the targets.", act: "map" },
    ],
  },
  tame: {
    look: "How far can a measured error be from the true one? Turn N, the number of samples: the bound falls as one over its root, whatever is learned.",
    form: { name: "deviation", along: "N", from: 100, to: 1e6, isLog: true },
  },
  emergence: {
    look: "Turn p, the accuracy per token: exact match over ten tokens stays near zero and then shoots up, though nothing jumped.",
    form: { name: "metrics", along: "p", from: 0.3, to: 1, quantities: ["exact", "nllToken", "brier"] },
  },
  "output-distribution": {
    look: "Coupled learners whose outputs change their kind: turn sigma, the coupling, and watch the ordered state vanish.",
    form: {
      ...{ name: "strong-coupling", along: "sigma", from: 10, to: 6000, isLog: true },
      quantities: ["M", "M2"],
    },
  },
};

/** How the screen of a system opens. */
export const openingOf = (system: string): { readonly settings: Settings; readonly knob?: string } => {
  const { settings = {}, knob } = wordsOf(system);
  return { settings, ...(knob !== undefined && { knob }) };
};

const MEMBERS = 64;

/** Members of an ensemble that takes a few seconds on the page. */
export const membersOf = (system: string): number => wordsOf(system).members ?? MEMBERS;

/** The closed form with which a system opens that has no learner; none when nothing is said. */
export const formOf = (system: string): OpeningForm | undefined => wordsOf(system).form;

export const lookFor = (system: string): string =>
  wordsOf(system).look ?? "Turn the control across the marked critical value and watch the order parameter.";

/** The tour of a learner; for one without words of its own, by what every learner has. */
export const tourOf = (system: string): readonly Stop[] => wordsOf(system).tour ?? anyLearner;

const wordsOf = (system: string): Words => (Object.hasOwn(words, system) ? words[system] : {});

const anyLearner: readonly Stop[] = [
  {
    text: "A run from its start: the state, the order parameter over time, and the predicted value as a broken line.",
    act: "restart",
  },
  { text: "Slowly up and down through the control: do the two ways differ?", act: "sweep" },
  { text: "From several seeds, beside theory, with what is left over in standard errors.", act: "measure" },
  { text: "Two controls: the boundary between the phases fills in.", act: "map" },
];
