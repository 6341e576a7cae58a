/** What is known of the event files of one folder. */
export interface EventFolder {
  readonly folder: string;
  readonly tags: readonly string[];
  readonly isHparams: boolean;
  readonly series: number;
}

/**
 * Where the series of a folder belong whose parent has event files too: `add_scalars` of PyTorch makes a folder "tag_key" for each key, with the tag in it alone.
 * Undefined for a run of its own.
 */
export const groupedScalar = (name: string, tags: readonly string[]): string | undefined => {
  if (tags.length !== 1) return undefined;
  const [tag] = tags;
  const start = `${tag.replaceAll("/", "_")}_`;
  return name.startsWith(start) && name.length > start.length ? `${tag}/${name.slice(start.length)}` : undefined;
};
