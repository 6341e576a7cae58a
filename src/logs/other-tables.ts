import { callText, shellWord } from "../call-text.ts";
import { LandauError } from "../errors.ts";
import { refuseForeign } from "../formats/foreign.ts";

const STEP = /^(global_?)?(steps?|epochs?|batch(es)?)$|(^|[/_.])(global_step|epoch)$/i;
const METRIC = /(^|[/_. -])(loss|acc|accuracy|perplexity|lr|learning_rate|grad_norm|error_rate)$/i;
const CONTROL = /^(control|temperature)$/i;
const SAMPLE = /^(samples?|order|magneti[sz]ation)$/i;
const LONG = /^(parameter|variable|quantity)$/i;

/** Throws a LandauError of kind "input" for files that are no table, by their name and first bytes: training logs, and formats that are not read. */
export const refuseOtherFiles = (fileName: string, begin: Uint8Array): void => {
  const text = new TextDecoder().decode(begin);
  const inLines =
    /^\s*[[{]/.test(text) && /"[\w/]*(step|epoch)"\s*:/i.test(text) && /"[^"]*(loss|acc|accuracy|lr)"\s*:/i.test(text);
  if (inLines || /tfevents|\.wandb$/.test(fileName)) throw trainingLog(fileName, "");
  refuseForeign(begin, fileName);
};

const trainingLog = (fileName: string, columns: string): LandauError =>
  new LandauError(
    "input",
    `${fileName}: a training log${columns}, not draws of a sampler: no command reads training logs yet; ` +
      `${callText("order FILE")} reads samples of an order parameter against a control`,
  );

/** Throws a LandauError of kind "input" for tables that hold other things than draws, with the command that reads them. */
export const refuseOtherTables = (fileName: string, names: readonly string[]): void => {
  const find = (pattern: RegExp) => names.find(name => pattern.test(name));
  const [step, metric] = [find(STEP), find(METRIC)];
  if (step !== undefined && metric !== undefined) throw trainingLog(fileName, ` (columns ${step} and ${metric})`);
  const [control, sample] = [find(CONTROL), find(SAMPLE)];
  if (control !== undefined && sample !== undefined)
    throw new LandauError(
      "input",
      `${fileName}: a table of samples against a control (columns ${control} and ${sample}), not draws of a sampler: use ${callText(`order ${shellWord(fileName)}`)}`,
    );
  // What xarray calls the axes of an array.
  const axis = find(/_dim_\d+$/);
  if (axis !== undefined)
    throw new LandauError(
      "input",
      `${fileName}: a row for each draw of each entry of an array (column ${axis}): needs a column for each quantity; ` +
        "use to_dataframe() of ArviZ's InferenceData, not of its groups",
    );
  const [long, value] = [find(LONG), find(/^value$/i)];
  if (long !== undefined && value !== undefined)
    throw new LandauError(
      "input",
      `${fileName}: a row for each draw of each quantity (columns ${long} and ${value}): needs a column for each quantity; ` +
        "use pandas' pivot or tidyr's pivot_wider",
    );
};
