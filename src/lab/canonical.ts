import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Json } from "../contracts/json.ts";

/** JSON with the keys of every object sorted by code unit and no white space: equal values give equal strings. */
export const canonicalJson = (value: Json): string => {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const fields = Object.keys(value)
    .sort()
    .map(key => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${fields.join(",")}}`;
};

/** SHA-256 of the canonical JSON, in 64 hexadecimal digits. */
export const contentHash = (value: Json): string => sha256Hex(utf8ToBytes(canonicalJson(value)));

export const sha256Hex = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

/** SHA-256 of a string that arrives in pieces. */
export interface TextHash {
  add(text: string): void;
  /** The hash of all that was added so far, in hexadecimal digits. */
  hex(): string;
}

export const textHash = (): TextHash => {
  const hash = sha256.create();
  return {
    add: text => void hash.update(utf8ToBytes(text)),
    hex: () => bytesToHex(hash.clone().digest()),
  };
};

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
