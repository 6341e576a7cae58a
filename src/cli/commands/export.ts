import type { Command } from "commander";
import { makeCommand, type Session } from "../session.ts";
export const exportCommand = (session: Session): Command => makeCommand(session, "export", "");
