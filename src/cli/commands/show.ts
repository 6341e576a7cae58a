import type { Command } from "commander";
import { makeCommand, type Session } from "../session.ts";
export const showCommand = (session: Session): Command => makeCommand(session, "show", "");
