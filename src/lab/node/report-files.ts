import { existsSync } from "node:fs";
import { join } from "node:path";
import { LandauError } from "../../errors.ts";
import { readIfThere, writeAtomically, writeWhole } from "./files.ts";
import { fileHash, readSealed, sealedText, sha256 } from "./sealed.ts";

/** Lists what a report consists of. A run may have no report; one that is there has this file. */
export const REPORT_FILES = "report.json";
export const REPORT = "report.html";

export interface ReportFiles {
  /** SHA-256 of each file of the report, by its name inside the folder. */
  readonly files: { readonly [name: string]: string };
}

/** A file of a report, by its name inside the folder. */
export interface ReportFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes a report, each file so that it is there whole or as it was before, and last the list of their hashes: what a kill or a full disk leaves of one does not
 * pass for whole, and of a report of the same run that was there before nothing is lost. Throws a LandauError of kind "store" when the folder cannot be written.
 */
export const storeReport = (folder: string, files: Iterable<ReportFile>): void => {
  const hashes: { [name: string]: string } = {};
  for (const { name, content } of files) {
    writeWhole(join(folder, name), content);
    hashes[name] = sha256(content);
  }
  writeAtomically(join(folder, REPORT_FILES), sealedText({ format: "landau-report/1", files: hashes }));
};

/** Undefined for a run without a report. Throws a LandauError of kind "store" when the list is gone or is not what it was. */
export const readReportFiles = (folder: string): ReportFiles | undefined => {
  const path = join(folder, REPORT_FILES);
  const bytes = readIfThere(path);
  if (!bytes && !existsSync(join(folder, REPORT))) return undefined;
  const list = bytes && (readSealed(bytes) as unknown as ReportFiles | undefined);
  if (list) return list;
  throw new LandauError("store", `${path} is ${bytes ? "not what it was" : "missing"}: ${WAY_OUT}`);
};

/** Throws a LandauError of kind "store" when a file of a report is gone or is not what was written. */
export const checkReportFile = (folder: string, name: string): void => {
  const hash = readReportFiles(folder)?.files[name];
  const found = fileHash(folder, name);
  if (hash !== undefined && found === hash) return;
  throw new LandauError(
    "store",
    `${join(folder, name)} is ${found === undefined ? "missing" : "not what Landau wrote"}: ${WAY_OUT}`,
  );
};

const WAY_OUT = "restore it, or write the report again by resuming the run";
