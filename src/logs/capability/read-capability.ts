import { tableOfBytes } from "../table-of-bytes.ts";
import { type CapabilityOptions, type CapabilityTable, capabilityTable } from "./capability-table.ts";

/**
 * The tasks of a capability table from the bytes of a CSV, TSV, JSON Lines, JSON or Parquet file, told apart by their first bytes.
 *
 * Throws a LandauError of kind "input" that names the file and what is wrong in it.
 */
export const readCapability = async (
  bytes: Uint8Array,
  fileName: string,
  options: CapabilityOptions = {},
): Promise<CapabilityTable> => {
  const notes: string[] = [];
  return capabilityTable(await tableOfBytes(bytes, fileName, notes), fileName, notes, options);
};
