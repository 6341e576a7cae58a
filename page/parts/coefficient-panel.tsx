import type { Coefficient } from "../coefficient.ts";
import { shortNumber } from "../picture.ts";
import { Plot } from "./plot.tsx";

/** The estimate at the latest state, with its interval and health; never a bare number. */
export const CoefficientPanel = ({
  coefficient,
  exact,
}: {
  readonly coefficient: Coefficient;
  readonly exact: string;
}) => {
  const { isOn, points, picture } = coefficient;
  const last = points.value.at(-1);
  if (!isOn.value && !last) return null;
  return (
    <div class="coefficient">
      <h3>Learning coefficient</h3>
      {!last ? (
        <p>not enough draws yet</p>
      ) : last.lambda === null ? (
        <p>
          no estimate at step {last.step}: {last.text}
        </p>
      ) : !last.isEnough ? (
        <p data-enough="no">
          not enough draws yet at step {last.step}: {4 * last.draws} draws, of which {Math.round(last.ess)} count, R-hat{" "}
          {last.rHat.toFixed(3)}
        </p>
      ) : (
        <p data-enough="yes">
          lambda {shortNumber(last.lambda)} (95 %: {shortNumber(last.lambda - 1.96 * last.error)} to{" "}
          {shortNumber(last.lambda + 1.96 * last.error)}) at step {last.step}; {last.text}
        </p>
      )}
      {exact && <p class="quiet">{exact}</p>}
      <p class="quiet">
        nBeta = n / log n at one localiser: for the limit and an honest interval at a minimum there is{" "}
        <code>landau coefficient</code>.
      </p>
      {picture.value && <Plot picture={picture.value} />}
    </div>
  );
};
