import { invalid, LandauError } from "../../errors.ts";
import { convolve } from "./convolution.ts";
import type { ParameterMaker } from "./initialiser.ts";
import type { Layers } from "./layers.ts";
import type { Node } from "./node.ts";
import type { Operand, Ops } from "./ops.ts";
import { shapeText } from "./shape.ts";

export interface AttentionOptions {
  /** Heads, among which the width is shared out equally. */
  readonly heads: number;
  /** Whether a position sees only itself and those before it. */
  readonly causal?: boolean;
}

export interface NormOptions {
  /** Added to the variance; 1e-5 when absent. */
  readonly epsilon?: number;
}

export interface ConvolutionOptions {
  /** Positions that an output sees along each axis; one number for all of them. */
  readonly kernel: number | readonly number[];
  /** Positions from one output to the next; 1 when absent. */
  readonly stride?: number;
  /** "same": zeros around the input, so that there are ceil(length / stride) outputs; "valid" (when absent): none. */
  readonly padding?: "same" | "valid";
}

/** Layers with parameters of their own, whose names begin with the layer's. */
export interface NetworkLayers {
  /** a W + b with new parameters `name`.weight [inputs, outputs] and `name`.bias [outputs]. */
  linear(name: string, a: Operand, outputs: number): Node;
  /**
   * Multi-head self-attention over positions: a [..., positions, width] to the same shape. In each head softmax(Q K^T / sqrt(d)) V, d = width / heads; Q, K, V
   * and what is made of all heads are linear, with parameters `name`.query, `name`.key, `name`.value and `name`.output, each a weight and a bias.
   * [Vaswani et al. 2017, section 3.2]
   */
  selfAttention(name: string, a: Node, options: AttentionOptions): Node;
  /**
   * Layer normalisation: along the last axis less the mean and divided by the root of the variance (of the population), times `name`.scale, plus
   * `name`.shift. [Ba, Kiros and Hinton 2016]
   */
  layerNorm(name: string, a: Node, options?: NormOptions): Node;
  /**
   * Batch normalisation: the same for each entry of the last axis, over all other axes. There are no running averages: an evaluation is normalised by
   * what it is evaluated on. [Ioffe and Szegedy 2015]
   */
  batchNorm(name: string, a: Node, options?: NormOptions): Node;
  /**
   * Convolution in one or two dimensions, channels last: a [samples, length, channels] or [samples, height, width, channels]. Parameters `name`.weight [...kernel,
   * channels in, channels out], which is not turned round, and `name`.bias [channels out].
   */
  convolution(name: string, a: Node, channels: number, options: ConvolutionOptions): Node;
  /** Each entry is 0 with probability `rate` and else divided by 1 - rate, drawn at every step and at every evaluation; at rate 0, `a` itself. */
  dropout(a: Node, rate: number): Node;
}

/** Where masked scores are put: their share of the softmax is 0 in either precision. */
const MASKED = -1e30;

/** `uniform` makes a new random array; `here` names the line of the caller. */
export const networkLayers = (
  m: Omit<Ops, "random"> & Layers,
  parameter: ParameterMaker,
  uniform: (shape: readonly number[]) => Node,
  here: () => string,
): NetworkLayers => {
  const linear: NetworkLayers["linear"] = (name, a, outputs) => {
    const inputs = typeof a === "number" ? 1 : (a.shape.at(-1) ?? 1);
    const weight = parameter(`${name}.weight`, [inputs, outputs]);
    return m.add(m.matmul(a, weight), parameter(`${name}.bias`, [outputs]));
  };

  /** Mean 0 and variance 1 over some axes, then a scale and a shift for each entry of the last one. */
  const normalised = (name: string, a: Node, axes: readonly number[], { epsilon = 1e-5 }: NormOptions = {}): Node => {
    if (!(epsilon > 0 && Number.isFinite(epsilon))) throw invalid(`epsilon of ${name}`, epsilon, "a positive number");
    if (a.shape.length === 0) throw needs("an axis to normalise along", name, a);
    const ones = a.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
    const centred = m.sub(a, m.reshape(m.mean(a, axes), ones));
    const variance = m.reshape(m.mean(m.square(centred), axes), ones);
    const standard = m.div(centred, m.sqrt(m.add(variance, epsilon)));
    const own = [a.shape[a.shape.length - 1]];
    return m.add(m.mul(standard, parameter(`${name}.scale`, own, 1)), parameter(`${name}.shift`, own));
  };

  const needs = (what: string, name: string, { shape }: Node) =>
    new LandauError("input", `${name}${here()} of an array ${shapeText(shape)}: needs ${what}`);

  return {
    linear,
    selfAttention(name, a, { heads, causal = false }) {
      const rank = a.shape.length;
      if (rank < 2) throw needs("positions and their width as its last two axes", name, a);
      const lead = a.shape.slice(0, -2);
      const [positions, width] = a.shape.slice(-2);
      if (!(Number.isInteger(heads) && heads >= 1 && width % heads === 0))
        throw invalid(`heads of ${name}`, heads, `a whole number that divides the width ${width}`);
      const size = width / heads;
      const places = lead.map((_, axis) => axis);
      const swapped = [...places, rank - 1, rank - 2, rank];
      /** [..., positions, width] -> [..., heads, positions, size], and back. */
      const apart = (b: Node) => m.transpose(m.reshape(b, [...lead, positions, heads, size]), swapped);
      const together = (b: Node) => m.reshape(m.transpose(b, swapped), a.shape);
      const [query, key, value] = ["query", "key", "value"].map(part => apart(linear(`${name}.${part}`, a, width)));
      const scores = m.mul(m.matmul(query, key, { b: true }), 1 / Math.sqrt(size));
      const sees = Array.from({ length: positions * positions }, (_, i) =>
        Number(i % positions <= Math.floor(i / positions)),
      );
      const seen = causal ? m.select(m.constant(sees, [positions, positions]), scores, MASKED) : scores;
      return linear(`${name}.output`, together(m.matmul(m.softmax(seen), value)), width);
    },
    layerNorm: (name, a, options) => normalised(name, a, [a.shape.length - 1], options),
    batchNorm(name, a, options) {
      if (a.shape.length < 2) throw needs("samples as its first axis, and features as its last", name, a);
      return normalised(
        name,
        a,
        a.shape.slice(0, -1).map((_, axis) => axis),
        options,
      );
    },
    convolution(name, a, channels, options) {
      const dimensions = a.shape.length - 2;
      if (dimensions !== 1 && dimensions !== 2)
        throw needs("samples, one or two axes of positions, and channels", name, a);
      const kernel =
        typeof options.kernel === "number" ? a.shape.slice(1, -1).map(() => options.kernel as number) : options.kernel;
      const weight = parameter(`${name}.weight`, [...kernel, a.shape[dimensions + 1], channels]);
      const { stride = 1, padding = "valid" } = options;
      return m.add(convolve(m, name, a, weight, { stride, padding }), parameter(`${name}.bias`, [channels]));
    },
    dropout(a, rate) {
      if (!(rate >= 0 && rate < 1)) throw invalid("the rate of dropout", rate, "a number from 0, below 1");
      if (rate === 0) return a;
      return m.mul(a, m.select(m.compare("less", uniform(a.shape), rate), 0, 1 / (1 - rate)));
    },
  };
};
