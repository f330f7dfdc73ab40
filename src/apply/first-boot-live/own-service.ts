/** The finisher's own service, by reg.exe and sc.exe alone: that works where no copy of the registry can be read. */
import path from "node:path";
import {
  ATTEMPTS_VALUE,
  ID_VALUE,
  idOf,
  PARAMETERS_SUBKEY,
  SERVICE_KEY,
  SERVICE_NAME,
} from "../../firstboot/service.ts";
import { systemFolder } from "../../inventory/windows/machine.ts";
import type { BootedWindows } from "./machine.ts";
import { carryOut } from "./programs.ts";

const TIMEOUT_MS = 60_000;

const PARAMETERS = `HKLM\\SYSTEM\\CurrentControlSet\\${SERVICE_KEY}\\${PARAMETERS_SUBKEY}`;

export interface OwnService {
  /** Of the first-boot document, as the service has it. */
  readonly id: string | undefined;
  /** Of this start of Windows, from 1. */
  readonly attempt: number;
  /** Why it could not be counted, as a sentence without its full stop. */
  readonly uncounted: string | undefined;
}

/**
 * Counts this start of Windows, before anything that can fail is tried. Undefined without the service. Windows writes its registry to the
 * disk some seconds later: what a power cut within them costs is one attempt more, never an endless row, for an attempt that
 * fails has waited for minutes. Where reg.exe cannot be run there may be a service, and its start is one that could not be counted.
 */
export function countStart(machine: BootedWindows): OwnService | undefined {
  const found = machine.run(path.join(systemFolder(machine), "System32", "reg.exe"), ["query", PARAMETERS], TIMEOUT_MS);
  if (!found.ended) return { id: undefined, attempt: 1, uncounted: `reg.exe ${found.reason}` };
  if (found.status !== 0) return undefined;
  const attempt = Number(valueIn(found.output, ATTEMPTS_VALUE) ?? 0) + 1;
  const args = ["add", PARAMETERS, "/v", ATTEMPTS_VALUE, "/t", "REG_DWORD", "/d", String(attempt), "/f"];
  const uncounted = carryOut(machine, { program: "reg.exe", args, timeoutMs: TIMEOUT_MS });
  return { id: idOf(valueIn(found.output, ID_VALUE)), attempt, uncounted };
}

/** Of what `reg query` prints: `    Attempts    REG_DWORD    0x1`, the same in every language. */
function valueIn(output: string, name: string): string | undefined {
  return new RegExp(String.raw`^\s+${name}\s+REG_[A-Z]+\s+(\S+)\s*$`, "im").exec(output)?.[1];
}

/** No start of Windows starts it any more. Why that was not done, as a sentence without its full stop; undefined when it was. */
export function disableService(machine: BootedWindows): string | undefined {
  const args = ["config", SERVICE_NAME, "start=", "disabled"];
  return carryOut(machine, { program: "sc.exe", args, timeoutMs: TIMEOUT_MS });
}
