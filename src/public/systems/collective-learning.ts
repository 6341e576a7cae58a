export { figures as exhibits } from "../../systems/collective-learning/figures/index.ts";
export { collectiveLearning as system } from "../../systems/collective-learning/index.ts";
