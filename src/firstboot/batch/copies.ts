/** Copying to an interface what waits for it in the service's key: each place whole, then the values that it may not have. */
import type { StagedInterface } from "./staged-settings.ts";

/** Where what waits under a name goes to, and the key without which Windows has no place for it. */
function placeOf(stage: string, guid: string): { readonly key: string; readonly needed: string } {
  const same = (key: string) => ({ key, needed: key });
  switch (stage) {
    case "Tcpip":
      return same(`%INTERFACES%\\${guid}`);
    case "Mirror":
      return same(`%SERVICES%\\${guid}\\Parameters\\Tcpip`);
    case "NetBT":
      return { key: `%SERVICES%\\NetBT\\Parameters\\Interfaces\\Tcpip_${guid}`, needed: NETBT };
    case "Tcpip6":
      return { key: `%SERVICES%\\Tcpip6\\Parameters\\Interfaces\\${guid}`, needed: TCPIP6 };
    default:
      return { key: `%SERVICES%\\Dnscache\\InterfaceSpecificParameters\\${guid}\\DohInterfaceSettings`, needed: DNS };
  }
}

const NETBT = "%SERVICES%\\NetBT\\Parameters\\Interfaces";
const TCPIP6 = "%SERVICES%\\Tcpip6\\Parameters\\Interfaces";
const DNS = "%SERVICES%\\Dnscache";

/** First what is set, then what is deleted: with the power cut between them the connection has its addresses. */
export function copies({ values, deleted }: StagedInterface, guid: string, prefix: string): string[] {
  const stages = [...new Set(values.map(({ key }) => key.split("\\")[0] ?? ""))];
  return stages.flatMap((stage) => {
    const { key, needed } = placeOf(stage, guid);
    return [`call :copy ${prefix}${stage} "${key}" "${needed}"`, ...deletions(key, deleted.get(stage))];
  });
}

/** Names are our own constants. */
function deletions(key: string, names: readonly string[] = []): string[] {
  if (names.length === 0) return [];
  const found = `for /f "tokens=1" %%A in ('%REG% query "${key}" 2^>nul') do`;
  const named = `for %%V in (${names.join(" ")}) do if /i "%%A"=="%%V"`;
  return [`${found} ${named} %REG% delete "${key}" /v %%V /f >nul 2>nul`];
}
