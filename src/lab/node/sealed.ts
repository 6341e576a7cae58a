import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { guarded } from "./files.ts";

/** The text of a JSON file whose last field is the hash of the file without it, so that any change shows, of white space too. */
export const sealedText = (content: object): string => textOf({ ...content, seal: sha256(textOf(content)) });

/**
 * What a sealed file holds, without its seal; undefined when it is not what was sealed. Files of earlier versions have no seal: `isSealed` tells them
 * by a field that the seal covers.
 */
export const readSealed = (
  bytes: Uint8Array,
  isSealed: (content: { readonly [key: string]: unknown }) => boolean = () => true,
): { readonly [key: string]: unknown } | undefined => {
  const found = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(found);
  } catch {
    return undefined;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) return undefined;
  const { seal, ...content } = value as { readonly [key: string]: unknown };
  return isSealed(content) && found !== sealedText(content) ? undefined : content;
};

/** SHA-256 of a file in 64 hexadecimal digits; undefined when there is none. Throws a LandauError of kind "store" for one that cannot be read. */
export const fileHash = (folder: string, name: string): string | undefined => {
  const path = join(folder, name);
  return guarded("read", path, () => {
    try {
      return sha256(readFileSync(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  });
};

const textOf = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;

export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
