import { LandauError } from "../../errors.ts";
import {
  fixed,
  ProtoError,
  type ProtoReader,
  part,
  protoReader,
  signedVarint,
  skipValue,
  textPart,
  varint,
} from "../../formats/protobuf.ts";
import { tfRecords } from "../../formats/tf-records.ts";
import { type Growing, growingFloats } from "./growing.ts";
import type { RawSeries } from "./series.ts";
import { tensorScalar } from "./tensor-scalar.ts";

/** The files of one run, in the order in which they were begun. */
export interface EventReader {
  /** The next file. */
  open(fileName: string): { push(bytes: Uint8Array): void; end(): void };
  /** What the files held, by tag. */
  end(): { series: RawSeries[]; tags: readonly string[]; isHparams: boolean };
}

/** A tag with its points; what stands under it may be something else than numbers. */
interface Track {
  readonly tag: string;
  /** The tag as it stands in the file, with its key and length. */
  readonly key: Uint8Array;
  /** The track of the value after the last one of this. */
  next: Track | undefined;
  step: Growing<Float64Array>;
  time: Growing<Float64Array>;
  value: Growing<Float64Array>;
  plugin: string | undefined;
  /** Points that were met, kept or not. */
  met: number;
  /** Points that a restart took back. */
  purged: number;
  purges: number;
}

const OTHER_VALUES: { readonly [field: number]: string } = {
  3: "images of an old kind",
  4: "images",
  5: "histograms",
  6: "sound",
};

/**
 * Scalars from event files of TensorBoard: simple values, and tensors with one number, which TensorFlow 2 and the new style of PyTorch write. Where a later
 * file says that training begins again at a step, what earlier ones have from there on belongs to a branch that was given up.
 * Beyond `mostPoints` in all, every other point of each series is left out, as often as it takes.
 * [event.proto, summary.proto of TensorFlow]
 */
export const eventReader = (run: string, notes: string[], mostPoints = Number.POSITIVE_INFINITY): EventReader => {
  const tracks = new Map<string, Track>();
  const others = new Map<string, Set<string>>();
  const other = (kind: string, tag: string): void => {
    others.set(kind, (others.get(kind) ?? new Set()).add(tag));
  };
  let before: Track | undefined;
  let isHparams = false;
  /** Event under reading. */
  let [step, time] = [0, 0];
  /** Points that are held, of every so many one. */
  let [held, stride] = [0, 1];

  const keep = (track: Track, atStep: number, atTime: number, value: number): void => {
    if (track.met++ % stride !== 0) return;
    track.step.push(atStep);
    track.time.push(atTime);
    track.value.push(value);
    if (++held > mostPoints) thin();
  };

  const thin = (): void => {
    stride *= 2;
    held = 0;
    for (const track of tracks.values()) {
      for (const list of [track.step, track.time, track.value]) list.halve();
      held += track.value.length;
    }
  };

  const trackOf = (reader: ProtoReader, from: number): Track => {
    const expected = before?.next;
    if (expected && startsWith(reader, from, expected.key)) {
      reader.at = from + expected.key.length;
      return expected;
    }
    const tag = textPart(reader);
    let track = tracks.get(tag);
    if (!track) {
      track = {
        tag,
        key: reader.bytes.slice(from, reader.at),
        next: undefined,
        step: growingFloats(),
        time: growingFloats(),
        value: growingFloats(),
        plugin: undefined,
        met: 0,
        purged: 0,
        purges: 0,
      };
      tracks.set(tag, track);
    }
    if (before) before.next = track;
    return track;
  };

  const takeValue = (reader: ProtoReader): void => {
    let track: Track | undefined;
    let value = Number.NaN;
    let kind: "none" | "simple" | "tensor" = "none";
    let tensor: ProtoReader | undefined;
    while (reader.at < reader.to) {
      const from = reader.at;
      const key = varint(reader);
      if (key === 0x0a) {
        track = trackOf(reader, from);
        before = track;
      } else if (key === 0x15) {
        value = fixed(reader, 4);
        kind = "simple";
      } else if (key === 0x42) {
        tensor = part(reader);
        kind = "tensor";
      } else if (key === 0x4a && track) {
        track.plugin = pluginOf(part(reader)) ?? track.plugin;
      } else {
        const otherKind = OTHER_VALUES[key >>> 3];
        if (otherKind && track) other(otherKind, track.tag);
        skipValue(reader, key);
      }
    }
    if (!track || kind === "none") {
      if (track?.plugin === "hparams") isHparams = true;
      return;
    }
    if (kind === "tensor") {
      if (track.plugin !== undefined && track.plugin !== "scalars") {
        if (track.plugin === "hparams") isHparams = true;
        other(`of plugin ${track.plugin}`, track.tag);
        return;
      }
      const number = tensorScalar(tensor!);
      if (number === undefined) {
        other("tensors", track.tag);
        return;
      }
      value = number;
    }
    keep(track, step, time, value);
  };

  const takeEvent = (reader: ProtoReader, file: string): void => {
    step = 0;
    time = 0;
    let summary: ProtoReader | undefined;
    let purge = false;
    while (reader.at < reader.to) {
      const key = varint(reader);
      if (key === 0x09) time = fixed(reader, 8);
      else if (key === 0x10) step = signedVarint(reader);
      else if (key === 0x2a) summary = part(reader);
      else if (key === 0x3a) purge = startsSession(part(reader));
      else {
        const kind = { 4: "a graph", 6: "messages", 8: "metadata of a run", 9: "a graph" }[key >>> 3];
        if (kind) other(kind, "");
        skipValue(reader, key);
      }
    }
    if (purge) purgeFrom(step, file);
    // Their order in a message is free: step and time are known only now.
    while (summary && summary.at < summary.to) {
      const key = varint(summary);
      if (key === 0x0a) takeValue(part(summary));
      else skipValue(summary, key);
    }
  };

  /** Takes an event with one simple value under the tag that is expected, as nearly all are; false for any other. */
  const quick = (bytes: Uint8Array, view: DataView, from: number, to: number): boolean => {
    const expected = before?.next;
    if (!expected || to - from < 11 || bytes[from] !== 0x09) return false;
    let at = from + 9;
    let wholeStep = 0;
    if (bytes[at] === 0x10) {
      let factor = 1;
      let byte: number;
      do {
        byte = bytes[++at];
        wholeStep += (byte & 0x7f) * factor;
        factor *= 128;
      } while (byte >= 0x80 && factor < 4294967296);
      if (byte >= 0x80) return false;
      at++;
    }
    // Lengths below 128 are one byte.
    const { key } = expected;
    const end = at + 4 + key.length + 5;
    if (end !== to || bytes[at] !== 0x2a || bytes[at + 1] !== to - at - 2 || bytes[at + 2] !== 0x0a) return false;
    if (bytes[at + 3] !== to - at - 4 || bytes[to - 5] !== 0x15) return false;
    for (let i = 0; i < key.length; i++) if (bytes[at + 4 + i] !== key[i]) return false;
    keep(expected, wholeStep, view.getFloat64(from + 1, true), view.getFloat32(to - 4, true));
    before = expected;
    return true;
  };

  const purgeFrom = (from: number, file: string): void => {
    let count = 0;
    for (const track of tracks.values()) {
      const [steps, times, values] = [track.step.all(), track.time.all(), track.value.all()];
      const kept = Array.from(steps.keys()).filter(i => steps[i] < from);
      if (kept.length === steps.length) continue;
      count += steps.length - kept.length;
      held -= steps.length - kept.length;
      track.purged += steps.length - kept.length;
      track.purges++;
      [track.step, track.time, track.value] = [growingFloats(), growingFloats(), growingFloats()];
      for (const i of kept) {
        track.step.push(steps[i]);
        track.time.push(times[i]);
        track.value.push(values[i]);
      }
    }
    if (count > 0) notes.push(`${file}: training begins again at step ${from}: ${count} points before are left out`);
  };

  return {
    open(fileName) {
      let records = 0;
      const reader = tfRecords(fileName, (bytes, view, from, to, place) => {
        records++;
        if (quick(bytes, view, from, to)) return;
        try {
          takeEvent(protoReader(bytes, view, from, to), fileName);
        } catch (error) {
          if (!(error instanceof ProtoError)) throw error;
          throw new LandauError("input", `${fileName}: byte ${place}: no event of TensorBoard: ${error.message}`);
        }
      });
      return {
        push: reader.push,
        end() {
          const { damaged, torn } = reader.end();
          if (damaged && records === 0) throw new LandauError("input", `${fileName}: ${damaged}`);
          if (damaged) notes.push(`${fileName}: ${damaged}`);
          if (torn > 0) notes.push(`${fileName}: the last record breaks off: is it still being written?`);
        },
      };
    },
    end() {
      if (stride > 1)
        notes.push(`${run}: more than ${mostPoints} points: one of every ${stride} of each series is kept`);
      for (const [kind, tags] of others) {
        const names = [...tags].filter(tag => tag !== "");
        notes.push(
          `${run}: ${kind} not used${names.length > 0 ? `: ${names.slice(0, 6).join(", ")}${names.length > 6 ? ` and ${names.length - 6} more` : ""}` : ""}`,
        );
      }
      const series: RawSeries[] = [];
      for (const { tag, step: steps, time: times, value, purged, purges } of tracks.values()) {
        if (value.length === 0) continue;
        if (/^epoch$/i.test(tag) || (tag === "hp_metric" && value.length === 1 && value.last() === -1)) {
          notes.push(`${run}: ${tag} is written beside the metrics, not used`);
          continue;
        }
        series.push({ run, name: tag, step: steps.all(), time: times.all(), value: value.all(), purged, purges });
      }
      return { series, tags: [...tracks.keys()], isHparams };
    },
  };
};

const startsWith = ({ bytes, to }: ProtoReader, from: number, start: Uint8Array): boolean => {
  if (from + start.length > to) return false;
  for (let i = 0; i < start.length; i++) if (bytes[from + i] !== start[i]) return false;
  return true;
};

/** Name of the plugin in the metadata of a value. */
const pluginOf = (metadata: ProtoReader): string | undefined => {
  while (metadata.at < metadata.to) {
    const key = varint(metadata);
    if (key !== 0x0a) {
      skipValue(metadata, key);
      continue;
    }
    const data = part(metadata);
    while (data.at < data.to) {
      const inner = varint(data);
      if (inner === 0x0a) return textPart(data);
      skipValue(data, inner);
    }
  }
  return undefined;
};

/** Whether the log of a session says START, after which TensorBoard forgets what was at later steps. */
const startsSession = (session: ProtoReader): boolean => {
  let status = 0;
  while (session.at < session.to) {
    const key = varint(session);
    if (key === 0x08) status = varint(session);
    else skipValue(session, key);
  }
  return status === 1;
};
