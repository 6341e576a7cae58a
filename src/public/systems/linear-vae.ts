export { figures as exhibits } from "../../systems/linear-vae/figures/index.ts";
export { linearVae as system } from "../../systems/linear-vae/index.ts";
