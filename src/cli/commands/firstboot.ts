/** `pint firstboot`: inside the Windows that has started, finishes what had to wait for its adapters. */
import path from "node:path";
import { finishFirstBoot } from "../../apply/first-boot-live/finish-first-boot.ts";
import { FIRST_BOOT_LOG } from "../../firstboot/places.ts";
import { systemFolder } from "../../inventory/windows/machine.ts";
import { firstBootRunView } from "../../report/views/first-boot-run.ts";
import { VERSION } from "../../version.ts";
import { type Command, outcome } from "../command.ts";
import { waitSeconds } from "../wait-seconds.ts";

const DEFAULT_WAIT_SECONDS = 300;

export const firstboot: Command = {
  name: "firstboot",
  image: null,
  summary: "inside the Windows that has started: finish what had to wait for its adapters",
  options: ["document", "wait", "no-restart"],
  forces: [],
  apart: [],
  // Nobody sees what a service prints.
  standingLog: ({ platform, environment }) =>
    platform === "win32" ? path.join(systemFolder({ environment }), ...FIRST_BOOT_LOG) : undefined,
  run: (args, { host, surroundings, emit }) =>
    outcome(
      finishFirstBoot(
        {
          host,
          clock: surroundings.clock,
          document: args.document,
          waitMs: 1000 * waitSeconds(args.wait, DEFAULT_WAIT_SECONDS),
          restart: !args["no-restart"],
          tool: `pint-offline ${VERSION}`,
        },
        emit,
      ),
      firstBootRunView,
    ),
};
