import type { CheckedFile, RunCheck } from "../lab/node/check-run.ts";
import { countText } from "./count-text.ts";

export const faultsOf = ({ files }: RunCheck): readonly CheckedFile[] =>
  files.filter(({ fault }) => fault !== undefined);

/** "all 12 files are as they were", or the first file that is not, and how many others. */
export const checkText = (check: RunCheck): string => {
  const [first, ...others] = faultsOf(check);
  if (!first) return `all ${countText(check.files.length, "file")} are as they were`;
  const more = others.length > 0 ? `, and ${countText(others.length, "other file")}` : "";
  return `${faultText(first)}${more}`;
};

/** "tasks/000-ab.jsonl is missing". A fault that names the file itself needs no name before it. */
export const faultText = ({ name, fault = "" }: CheckedFile): string =>
  fault.includes(name) ? fault : `${name}${/^(is|has|have) /.test(fault) ? "" : ":"} ${fault}`;
