export { type AdamSettings, adam } from "../learning/adam.ts";
export { type Clip, clipped } from "../learning/gradient-clipping.ts";
export { type GradientDescentSettings, gradientDescent } from "../learning/gradient-descent.ts";
export { type HeavyBallSettings, heavyBall } from "../learning/heavy-ball.ts";
