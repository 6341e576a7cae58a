import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { lineChart } from "../../src/charts/line-chart.ts";
import { listedSystems } from "../../src/systems/index.ts";
import { tableOfChart } from "../chart-table.ts";
import { Chart } from "../parts/chart.tsx";
import { NumberTable } from "../parts/number-table.tsx";
import { startWorker } from "../workers/address.ts";
import { type FileKind, type FileReply, fileKinds, type Said } from "../workers/file-messages.ts";

/** What a file of the visitor's says, read and judged in a worker of this tab. */
export const OwnData = () => {
  const kind = useSignal<FileKind | "auto">("auto");
  const system = useSignal("");
  const names = useSignal("");
  const state = useSignal<"idle" | "reading" | "done">("idle");
  const share = useSignal(0);
  const error = useSignal("");
  const said = useSignal<readonly Said[]>([]);
  const isOver = useSignal(false);
  const worker = useRef<Worker | undefined>(undefined);
  useEffect(() => () => worker.current?.terminate(), []);

  const look = (files: readonly File[]) => {
    worker.current?.terminate();
    if (files.length === 0) return;
    names.value = files.map(({ name }) => name).join(", ");
    [state.value, error.value, said.value, share.value] = ["reading", "", [], 0];
    const own = startWorker("files");
    worker.current = own;
    own.onmessage = ({ data }: MessageEvent<FileReply>) => {
      if (data.type === "read") share.value = data.total > 0 ? data.bytes / data.total : 0;
      else if (data.type === "said") said.value = [...said.value, data.said];
      else {
        state.value = "done";
        if (data.type === "failed") error.value = data.message;
        own.terminate();
      }
    };
    own.onerror = () => {
      state.value = "done";
      error.value = "the reader was stopped: the file may be too large for this browser";
    };
    own.postMessage({ files, kind: kind.value === "auto" ? undefined : kind.value, system: system.value || undefined });
  };

  return (
    <main id="main" class="own">
      <h1>Your own data</h1>
      <p class="lead">
        Drop a training log, draws of a sampler, a table of scores or a file of weights. It is read in this tab: nothing
        is uploaded.
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way, the button in it the other */}
      <div
        class={`drop ${isOver.value ? "over" : ""}`}
        onDragOver={event => {
          event.preventDefault();
          isOver.value = true;
        }}
        onDragLeave={() => {
          isOver.value = false;
        }}
        onDrop={event => {
          event.preventDefault();
          isOver.value = false;
          look([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <p class="row">
          <label for="files">Files</label>
          <input id="files" type="file" multiple onChange={event => look([...(event.currentTarget.files ?? [])])} />
        </p>
        <p class="row">
          <label for="kind">taken for</label>
          <select
            id="kind"
            value={kind.value}
            onChange={event => {
              kind.value = event.currentTarget.value as FileKind | "auto";
            }}
          >
            <option value="auto">what its first bytes say</option>
            {Object.entries(fileKinds).map(([name, what]) => (
              <option key={name} value={name}>
                {what}
              </option>
            ))}
          </select>
          <label for="weights-system">weights of</label>
          <select
            id="weights-system"
            value={system.value}
            onChange={event => {
              system.value = event.currentTarget.value;
            }}
          >
            <option value="">no system here</option>
            {Object.keys(listedSystems).map(name => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </p>
      </div>
      <p role="status">
        {state.value === "reading" && `Reading ${names.value}: ${Math.round(100 * share.value)} %`}
        {state.value === "done" && !error.value && `${names.value}: done.`}
      </p>
      {error.value && (
        <p class="error" role="alert">
          {error.value}
        </p>
      )}
      {said.value.map((each, i) => (
        <SaidPart key={`${i} ${each.title}`} said={each} />
      ))}
    </main>
  );
};

/** A part of what is said: words, curves, and a table. */
export const SaidPart = ({ said: { title, lines = [], charts = [], table } }: { readonly said: Said }) => (
  <section class="panel said">
    <h2>{title}</h2>
    {lines.length > 0 && (
      <ul>
        {lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )}
    <div class="panels">
      {charts.map(chart => (
        <Chart
          key={chart.title}
          picture={{
            name: "own",
            title: chart.title,
            height: 240,
            draw: surface => lineChart(chart, surface),
            table: () => tableOfChart(chart),
          }}
        />
      ))}
    </div>
    {table && <NumberTable table={table} label={title} />}
  </section>
);
