export { figures as exhibits } from "../../systems/linear-ssl/figures/index.ts";
export { linearSsl as system } from "../../systems/linear-ssl/index.ts";
