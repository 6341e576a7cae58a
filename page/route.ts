import { systemOfLink } from "../src/lab/link.ts";
import { systems } from "../src/systems/index.ts";

/** What the page shows. */
export type Route =
  | { readonly page: "front" }
  | { readonly page: "data" }
  | { readonly page: "model" }
  | { readonly page: "system"; readonly system: string; readonly link?: string };

/** What a fragment asks for; `own` is the system of the file that was opened. Throws a LandauError of kind "input" for a link that cannot be read. */
export const routeOf = (fragment: string, own: string): Route => {
  if (!fragment.startsWith("#/")) return ownRoute(own);
  const system = systemOfLink(fragment);
  if (system === undefined) return { page: "front" };
  if (system === "data" || system === "model") return { page: system };
  return { page: "system", system, link: fragment };
};

const ownRoute = (own: string): Route => {
  if (own === "data" || own === "model") return { page: own };
  return Object.hasOwn(systems, own) ? { page: "system", system: own } : { page: "front" };
};
