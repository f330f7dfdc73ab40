/** A Windows in one line. */
import type { InspectedWindows } from "../apply/results.ts";

/** "Server 2019 1809 ServerStandard", "build 17763.1", "ServerNT", "computer SRV-FILES01", "control set 1"; what is not known is left out. */
export function windowsText(windows: InspectedWindows): string {
  const { release, edition, build, updateRevision, productType, computerName, controlSet } = windows;
  const name = [windows.version, release, edition].filter((word) => word !== null).join(" ");
  const revision = updateRevision === null ? "" : `.${updateRevision}`;
  return [
    name,
    ...(build === null ? [] : [`build ${build}${revision}`]),
    ...(productType === null ? [] : [productType]),
    ...(computerName === null ? [] : [`computer ${computerName}`]),
    `control set ${controlSet}`,
  ].join(", ");
}
