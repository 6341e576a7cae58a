export {
  type Box,
  boxed,
  customPrior as custom,
  flatPrior as flat,
  type Localisation,
  localised,
  normalPrior as normal,
} from "../sampling/prior.ts";
