/** The engine and what trains on it: all that an array program needs on a page. */
export { gradients, tangents } from "../../src/engine/derive/derivatives.ts";
export { graph } from "../../src/engine/graph/graph.ts";
export { layers } from "../../src/engine/graph/layers.ts";
export { ops } from "../../src/engine/graph/ops.ts";
export { interpret } from "../../src/engine/interpret.ts";
export { instantiateKernels } from "../../src/engine/kernels/kernels.ts";
export { model } from "../../src/engine/model.ts";
export { compile } from "../../src/engine/program.ts";
export { train, trainEnsemble } from "../../src/experiments/train.ts";
