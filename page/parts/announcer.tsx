import { useEffect, useRef, useState } from "preact/hooks";
import type { Desk } from "../desk.ts";
import { shortNumber } from "../picture.ts";
import type { Session } from "../session.ts";

const PAUSE = 1000;

/** What is said of a run: its phase, the order parameter and the predicted one. */
export const spoken = (session: Session, isHidden: boolean): string => {
  const { status, error, learner, predicted, knob, values } = session;
  const frame = session.frames.at(-1);
  if (error.value) return error.value;
  if (!frame) return "The run is being loaded.";
  const phase = frame.label ? `phase ${frame.label}` : "between phases";
  const theory = predicted.value === null || isHidden ? "" : `, predicted ${shortNumber(predicted.value)}`;
  const state = status.value === "ended" ? "The run has ended" : status.value === "playing" ? "Running" : "Paused";
  return `${state} at ${knob.value} ${shortNumber(Number(values.value[knob.value]))}: ${phase}; ${learner.order.label} ${shortNumber(frame.order)}${theory}.`;
};

/** Says changes of the phase and of what the page does, at most one message a second. */
export const Announcer = ({ desk }: { readonly desk: Desk }) => {
  const { session } = desk;
  const isHidden = desk.isHidden.value;
  const extra = [desk.revealed.value, desk.verdict.value?.text ?? ""].filter(Boolean).join(" ");
  const [text, setText] = useState("");
  const latest = useRef({ said: "", at: -PAUSE });
  useEffect(() => {
    const look = () => {
      const { status, error } = session;
      const key = [
        status.peek(),
        session.frames.at(-1)?.label,
        error.peek(),
        session.knob.peek(),
        session.values.peek()[session.knob.peek()],
        extra,
      ].join("|");
      const now = performance.now();
      if (key === latest.current.said || now - latest.current.at < PAUSE) return;
      latest.current = { said: key, at: now };
      setText([extra, spoken(session, isHidden)].filter(Boolean).join(" "));
    };
    look();
    const timer = setInterval(look, PAUSE / 4);
    return () => clearInterval(timer);
  }, [session, isHidden, extra]);
  return (
    <p role="status" aria-live="polite" class="spoken">
      {text}
    </p>
  );
};
