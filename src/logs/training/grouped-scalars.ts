/** What is known of the event files of one folder. */
export interface EventFolder {
  readonly folder: string;
  readonly tags: readonly string[];
  readonly isHparams: boolean;
  readonly series: number;
}

/**
 * The name of the series of a folder below one that has event files too: `add_scalars` makes a folder for each key, with the tag in it alone: "tag_key" by PyTorch,
 * "tag/key" by tensorboardX. `name` is the path from the other folder. Undefined for a run of its own.
 */
export const groupedScalar = (name: string, tags: readonly string[]): string | undefined => {
  if (tags.length !== 1) return undefined;
  const [tag] = tags;
  for (const start of [`${tag.replaceAll("/", "_")}_`, `${tag}/`])
    if (name.startsWith(start) && name.length > start.length) return `${tag}/${name.slice(start.length)}`;
  return undefined;
};
