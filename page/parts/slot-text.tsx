import type { StudySlot } from "../studies.ts";

/** How far a study is, or what its end says. */
export const SlotText = ({ slot, what }: { readonly slot: StudySlot; readonly what: string }) => {
  const { state, done, error, finished } = slot.slot.value;
  if (state === "running")
    return (
      <p class="quiet">
        <label>
          {what}: <progress value={done} max={1} /> {Math.round(100 * done)} %
        </label>
      </p>
    );
  if (state === "failed") return <p class="error">{error}</p>;
  return finished ? (
    <p class="quiet">
      {what} done, content hash <code data-hash={what}>{finished.contentHash.slice(0, 16)}</code>
    </p>
  ) : null;
};
