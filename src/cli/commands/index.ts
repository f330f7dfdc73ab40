/** The commands, in the order of the help: that of a person's work. */
import type { Command } from "../command.ts";
import { apply } from "./apply.ts";
import { capture } from "./capture.ts";
import { check } from "./check.ts";
import { find } from "./find.ts";
import { firstboot } from "./firstboot.ts";
import { inspect } from "./inspect.ts";
import { inventory } from "./inventory.ts";
import { plan } from "./plan.ts";
import { PROFILE_COMMANDS } from "./profile.ts";
import { undo } from "./undo.ts";
import { verify } from "./verify.ts";

export const COMMANDS: readonly Command[] = [
  find,
  inspect,
  capture,
  inventory,
  plan,
  apply,
  verify,
  undo,
  check,
  firstboot,
  ...PROFILE_COMMANDS,
];
