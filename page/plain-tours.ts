import type { Stop } from "./words.ts";

/** Tours of systems without a learner, apart from the other words: pages of learners need not load them. */
const tours: { readonly [system: string]: readonly Stop[] } = {
  tame: [
    {
      text: "A family of dimension 3 on 1000 samples: the largest distance of the measured error from the true one, with probability 95 %. At 1 and above the bound says nothing.",
      form: { name: "deviation", inputs: {}, along: "N" },
    },
    {
      text: "A hundred times the samples: the bound falls to about an eighth of it.",
      form: { name: "deviation", inputs: { N: 100_000 }, along: "N" },
    },
    {
      text: "All rests on counting: m points can be labelled in exactly 2^m ways while m is at most the dimension d, and in far fewer beyond.",
      form: { name: "sauer", inputs: {}, along: "m" },
    },
    {
      text: "Turned around: how many samples are enough for an accuracy eps. Half the eps asks for 4.5 times as many, or 2.2 times where some function is right everywhere.",
      form: { name: "sample-size", inputs: {}, along: "eps" },
    },
  ],
  emergence: [
    {
      text: "One accuracy per token in several metrics: exact match of ten tokens is p^10, near zero at p = 0.6.",
      form: { name: "metrics", inputs: { p: 0.6 }, along: "p" },
    },
    {
      text: "At p = 0.95 it is more than a half. The loss per token went down smoothly all the way: the jump is made by the metric.",
      form: { name: "metrics", inputs: { p: 0.95 }, along: "p" },
    },
    {
      text: "Longer answers make it look sharper: over 50 tokens.",
      form: { name: "metrics", inputs: { p: 0.95, length: 50 }, along: "p" },
    },
    {
      text: "A transition that is real sharpens with size: the chance that a perceptron of N inputs stores P random labels falls from 1 to 0 around P = 2 N.",
      form: { name: "cover-probability", inputs: {}, along: "P" },
    },
  ],
  "output-distribution": [
    {
      text: "The common mean M of coupled networks, at a coupling of 100: they agree on a value.",
      form: { name: "strong-coupling", inputs: {}, along: "sigma" },
    },
    {
      text: "Near the critical coupling, 4000 here, M goes to zero continuously: with one hidden layer the transition is of second order.",
      form: { name: "strong-coupling", inputs: { sigma: 3900 }, along: "sigma" },
    },
    {
      text: "With two hidden layers order ends with a jump, at 126 here: first order.",
      form: { name: "strong-coupling", inputs: { D: 2, sigma: 30 }, along: "sigma" },
    },
    {
      text: "A magnet whose transition is known exactly: spins on a square, whose distribution of energies is what the detector is given.",
      form: { name: "kaufman", inputs: {}, along: "T" },
    },
  ],
};

/** The tour of a system without a learner; for one without words of its own, by what every system has. */
export const plainTourOf = (system: string): readonly Stop[] =>
  Object.hasOwn(tours, system) ? tours[system] : anySystem;

const anySystem: readonly Stop[] = [
  { text: "Each closed form of the source can be evaluated: choose one, and turn its inputs." },
  { text: "A number that is chosen as axis becomes a curve." },
  { text: "Claims holds what the source says, each with how it is measured and predicted." },
  { text: "Its short reproduction runs there: records come in, and the claims are judged." },
];
