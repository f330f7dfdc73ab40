/** What the batch file is to do for one source, worked out from the document. */
import type { Warning } from "../../exit/warning.ts";
import { isStationMac, type MacAddress } from "../../notation/mac.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";
import { formerName, whyNoConnectionName } from "../../windows/write/connection-names.ts";
import { text } from "../../windows/write/data.ts";
import type { FirstBootDocument, PendingMove } from "../document.ts";
import { type Ipv6Item, ipv6ItemsOf } from "./ipv6.ts";
import { type StagedInterface, type StagedValue, stagedOrphan, stagedSettings } from "./staged-settings.ts";

export interface BatchOrder {
  readonly move: PendingMove;
  readonly family: WindowsFamily;
  /** Of the adapter that is waited for; at least one, but for a source that waits in part. */
  readonly macs: readonly MacAddress[];
  /** The interface that the source was on, if Windows has it, loses its addresses. */
  readonly clears: boolean;
  readonly renames: boolean;
  readonly checksConflict: boolean;
  readonly ipv6: readonly Ipv6Item[];
  readonly settings: StagedInterface;
  readonly orphan: StagedInterface;
  readonly warnings: readonly Warning[];
}

export function orderOf(move: PendingMove, { windows, options }: FirstBootDocument): BatchOrder {
  const { family } = windows;
  const { connection } = move;
  const settings = stagedSettings(connection, family);
  const noName = connection.name === undefined ? "it has no name" : whyNoConnectionName(connection.name);
  const named = options.rename && connection.name !== undefined && noName !== undefined;
  return {
    move,
    family,
    macs: macsOf(move),
    clears: options.orphans === "clear",
    renames: options.rename && noName === undefined,
    checksConflict: !options.allowConflict,
    ipv6: ipv6ItemsOf(connection.ipv6, family),
    settings,
    orphan: stagedOrphan(family),
    warnings: [...settings.warnings, ...(named ? [notRenamed(connection.name ?? "", noName)] : [])],
  };
}

/** Those by which a batch file can know the adapter; what is not one station's is left out. */
export function macsOf({ adapter: { mac } }: PendingMove): MacAddress[] {
  const macs = [mac.permanent, mac.current].flatMap((each) => each ?? []);
  return [...new Set(macs)].filter(isStationMac);
}

/** Below the key of the source's number. Of a source that waits in part, how its adapter has it already: as after an earlier start. */
export function stagedValuesOf({ move, settings, orphan, renames, clears }: BatchOrder): readonly StagedValue[] {
  const { name, guid } = move.connection;
  if (move.target !== undefined) {
    return [
      { key: "", name: "Outcome", value: text("ipv4") },
      { key: "", name: "Target", value: text(move.target) },
      ...settings.values.filter(({ key }) => key === "Tcpip"),
    ];
  }
  return [
    ...settings.values,
    ...(clears && guid !== undefined ? orphan.values.map((value) => ({ ...value, key: `Former${value.key}` })) : []),
    ...(renames && name !== undefined
      ? [
          { key: "Name", name: "Name", value: text(name) },
          { key: "FormerName", name: "Name", value: text(formerName(name)) },
        ]
      : []),
  ];
}

function notRenamed(name: string, why: string): Warning {
  return { code: "connection-not-renamed", message: `No connection is given the name "${name}": ${why}` };
}
