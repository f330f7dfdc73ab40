/** The keys that the batch file reads and writes, by the names of its variables. */
import { CONNECTIONS_KEY, TCPIP_INTERFACES_KEY } from "../../windows/registry-paths.ts";
import { SERVICE_KEY, STAGED_SUBKEY } from "../service.ts";

/** The key of the service's own key that a document's settings wait in; its name is new for each arrangement, and so is what was done. */
export function stageKey(id: string): string {
  return `${STAGED_SUBKEY}\\${id}`;
}

export function keyLines(id: string): readonly string[] {
  return [
    `set "SERVICE=${live(SERVICE_KEY)}"`,
    `set "STAGE=${live(`${SERVICE_KEY}\\${stageKey(id)}`)}"`,
    `set "SERVICES=${live("Services")}"`,
    `set "INTERFACES=${live(TCPIP_INTERFACES_KEY)}"`,
    `set "CONNECTIONS=${live(CONNECTIONS_KEY)}"`,
  ];
}

/** A path below a control set, in the Windows that runs. */
export function live(path: string): string {
  return `HKLM\\SYSTEM\\CurrentControlSet\\${path}`;
}
