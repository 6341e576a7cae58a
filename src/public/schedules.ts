export {
  type CosineDecay,
  constant,
  cosineDecay,
  type Decay,
  exponentialDecay,
  piecewiseLinear,
  stepDecay,
  type WarmUp,
  warmUp,
} from "../learning/schedules.ts";
