import type { Command } from "commander";
import { makeCommand, type Session } from "../session.ts";
export const runsCommand = (session: Session): Command => makeCommand(session, "runs", "");
