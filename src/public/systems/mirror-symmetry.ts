export { figures as exhibits } from "../../systems/mirror-symmetry/figures.ts";
export { mirrorSymmetry as system } from "../../systems/mirror-symmetry/index.ts";
export { mirrorLearner as learner } from "../../systems/mirror-symmetry/learner.ts";
