import type { Controls, Settings } from "../contracts/field.ts";
import type { System } from "../contracts/system.ts";
import { invalid, LandauError } from "../errors.ts";
import { loadSystem } from "../systems/index.ts";
import { unknownSetting, unknownWord } from "./nearest.ts";
import type { Spec } from "./spec.ts";

/** Longest link that is made and read, in characters. */
export const LONGEST_LINK = 2048;

/** Version of the format of links; a link says which one it is of. */
const VERSION = 1;

/** What a link carries besides the settings, by names that no setting has. */
const own = { version: "v", seed: "seed", chains: "chains" } as const;

const MOST_CHAINS = 10_000;

/** A run of one protocol of a system, as a link carries it. */
export interface LabLink {
  readonly system: string;
  /** The protocol, which is also the view of the page. */
  readonly protocol: string;
  readonly seed: number;
  readonly chains: number;
  /** Settings that differ from their defaults. */
  readonly settings: Settings;
}

/** Whether a word is a link of the lab: a fragment that names a system, with or without the address of the page. */
export const isLink = (word: string): boolean => /^(?:https?:\/\/[^#\s]*)?#\//.test(word);

/**
 * The link of a run, as the fragment of an address: "#/deep-linear/live?v=1&seed=3&weightDecay=0.35". Numbers are written so that they come back to the bit.
 * Throws a LandauError of kind "input" for one that would be longer than 2048 characters.
 */
export const linkOf = ({ system, protocol, seed, chains, settings }: LabLink, controls: Controls): string => {
  const words = [
    `${own.version}=${VERSION}`,
    `${own.seed}=${seed}`,
    ...(chains === 1 ? [] : [`${own.chains}=${chains}`]),
  ];
  for (const [name, { default: usual }] of Object.entries(controls))
    if (Object.hasOwn(settings, name) && settings[name] !== usual)
      words.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(settings[name]))}`);
  const link = `#/${encodeURIComponent(system)}/${encodeURIComponent(protocol)}?${words.join("&")}`;
  if (link.length > LONGEST_LINK) throw invalid("the length of the link", link.length, `at most ${LONGEST_LINK}`);
  return link;
};

/** The system that a link names; undefined where it names none. */
export const systemOfLink = (link: string): string | undefined => partsOf(link).system;

/**
 * What a link carries, its system loaded. Values are checked by `completeSpec`. Throws a LandauError of kind "input" that names the part of the link, its value
 * and what it needs.
 */
export const readLink = (link: string, system: Pick<System, "name" | "protocols">): LabLink => {
  const { protocol = Object.hasOwn(system.protocols, "live") ? "live" : Object.keys(system.protocols)[0], words } =
    partsOf(link);
  if (!Object.hasOwn(system.protocols, protocol))
    throw new LandauError("input", `the link: ${unknownWord("view", protocol, Object.keys(system.protocols))}`);
  const controls = system.protocols[protocol].settings;
  const settings: { [name: string]: number | string } = {};
  const given = new Set<string>();
  let [seed, chains] = [0, 1];
  for (const [name, text] of words) {
    if (given.has(name)) throw new LandauError("input", `the link gives ${JSON.stringify(name)} twice: needs it once`);
    given.add(name);
    if (name === own.version) {
      if (text !== String(VERSION))
        throw invalid("the version of the link", text, `${VERSION}, which this Landau reads`);
    } else if (name === own.seed) seed = wholeOf(name, text, 0, Number.MAX_SAFE_INTEGER);
    else if (name === own.chains) chains = wholeOf(name, text, 1, MOST_CHAINS);
    else {
      if (!Object.hasOwn(controls, name)) throw new LandauError("input", `the link: ${unknownSetting(name, controls)}`);
      settings[name] = controls[name].kind === "choice" ? text : numberOf(name, text);
    }
  }
  return { system: system.name, protocol, seed, chains, settings };
};

/** The spec of a link: one study, of the protocol and under its name. */
export const specOfLink = ({ system, protocol, seed, chains, settings }: LabLink): Spec => ({
  landau: 1,
  system,
  title: protocol,
  seed,
  studies: [{ name: protocol, protocol, chains, settings }],
});

/** The spec that a link means, its system loaded. Throws as `readLink` does. */
export const linkedSpec = async (link: string): Promise<Spec> => {
  const name = systemOfLink(link);
  if (name === undefined) throw invalid("the link", link, "a system after #/, as in #/deep-linear/live?v=1&seed=0");
  return specOfLink(readLink(link, await loadSystem(name)));
};

interface Parts {
  readonly system: string | undefined;
  readonly protocol: string | undefined;
  readonly words: readonly (readonly [name: string, text: string])[];
}

const partsOf = (link: string): Parts => {
  if (link.length > LONGEST_LINK) throw invalid("the length of the link", link.length, `at most ${LONGEST_LINK}`);
  const fragment = link.slice(link.indexOf("#/") + 2);
  const mark = fragment.indexOf("?");
  const path = mark < 0 ? fragment : fragment.slice(0, mark);
  const [system, protocol, ...more] = path.split("/").map(part => decoded(part));
  if (more.length > 0) throw invalid("the path of the link", path, "a system and a view");
  const query = mark < 0 ? "" : fragment.slice(mark + 1);
  const words = query.split("&").flatMap(word => {
    if (word === "") return [];
    const equals = word.indexOf("=");
    if (equals < 1) throw invalid("a part of the link", word, "a name, =, and a value");
    return [[decoded(word.slice(0, equals)), decoded(word.slice(equals + 1))] as const];
  });
  return { system: system || undefined, protocol: protocol || undefined, words };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("a part of the link", text, "percent signs with two hexadecimal digits each");
  }
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const numberOf = (name: string, text: string): number => {
  if (!NUMBER.test(text) || !Number.isFinite(Number(text))) throw invalid(`${name} in the link`, text, "a number");
  return Number(text);
};

const wholeOf = (name: string, text: string, min: number, max: number): number => {
  const value = numberOf(name, text);
  if (!Number.isSafeInteger(value) || value < min || value > max)
    throw invalid(`${name} in the link`, text, `a whole number from ${min} to ${max}`);
  return value;
};
