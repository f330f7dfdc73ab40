/** The adapters that are waited for, as the running Windows has them: which interface is whose, and why one is not ready yet. */
import type { FirstBootDocument, PendingMove } from "../../firstboot/document.ts";
import { wantedInventory } from "../../firstboot/document.ts";
import { readHardware } from "../../inventory/windows/hardware.ts";
import { matchAdapters } from "../../match/match-adapters.ts";
import type { Match, MatchedConnection } from "../../match/model.ts";
import { macsOfAdapter } from "../../match/relation.ts";
import type { Guid } from "../../notation/guid.ts";
import type { MacAddress } from "../../notation/mac.ts";
import type { Key } from "../../regf/index.ts";
import type { Windows } from "../../windows/model/windows.ts";
import { readWindows } from "../../windows/read-windows.ts";
import { controlSetKey } from "../../windows/registry-paths.ts";

export interface WantedAdapter {
  readonly move: PendingMove;
  /** The interface that Windows has for it now. */
  readonly guid: Guid | undefined;
  /** The connection's name. */
  readonly name: string | undefined;
  /** Why nothing can be moved to it yet, as a sentence without its full stop; undefined when it can. */
  readonly whyNot: string | undefined;
}

export interface Look {
  readonly wanted: readonly WantedAdapter[];
  /** The same text in two looks: plug and play has done nothing in between that matters here. */
  readonly state: string;
}

/** `place`: of the document, for words. Throws what `readWindows` throws. */
export function lookFor(document: FirstBootDocument, place: string, root: Key): Look {
  const windows = readWindows(root);
  const match = matchAdapters(windows, wantedInventory(document, place));
  const duringSetup = setupText(windows);
  const wanted = document.pending.map((move): WantedAdapter => {
    const matched = match.connections.find(({ adapter }) => adapter?.inventory === move.adapter);
    const { guid, name } = matched?.connection ?? {};
    return { move, guid, name, whyNot: duringSetup ?? whyNotReady(move, matched, match) };
  });
  return { wanted, state: stateOf(root, windows) };
}

function whyNotReady(move: PendingMove, matched: MatchedConnection | undefined, match: Match): string | undefined {
  const unclear = match.unclear.find(({ adapter }) => adapter === move.adapter);
  if (unclear !== undefined) return unclear.reason;
  if (matched === undefined) return `Windows has no interface for ${nameOf(move)} yet`;
  const other = otherMac(move, matched);
  if (other !== undefined) {
    return `the adapter in the place of ${nameOf(move)} has another MAC address (${other}): another machine?`;
  }
  const { adapter, hasInterfaceKey } = matched.connection;
  if (!hasInterfaceKey) return `Windows keeps no TCP/IP settings for ${nameOf(move)} yet`;
  if (adapter?.boundToTcpip !== true) return `TCP/IP is not bound to ${nameOf(move)} yet`;
  return undefined;
}

/**
 * By model and slot the adapters of a clone of the image are the wanted ones too, and two machines must not get one static address.
 * Only where the document or Windows knows no MAC address does the place alone count.
 */
function otherMac({ adapter }: PendingMove, { connection: { mac } }: MatchedConnection): MacAddress | undefined {
  const wanted = macsOfAdapter(adapter);
  const own = macsOfAdapter({ mac: { permanent: mac.permanent, current: mac.current } });
  return wanted.length === 0 || own.some((address) => wanted.includes(address)) ? undefined : own[0];
}

function nameOf({ adapter: { description, mac, hardwareIds } }: PendingMove): string {
  const address = mac.permanent ?? mac.current;
  const called = description ?? hardwareIds[0] ?? "its adapter";
  return address === undefined ? called : `${called} (${address})`;
}

/** A restart in the middle of Setup would break it. */
export function setupText({ setup }: Pick<Windows, "setup">): string | undefined {
  const flags = [setup.setupType, setup.systemSetupInProgress, setup.oobeInProgress];
  return flags.some((flag) => flag !== 0) ? "Windows Setup is still at work on this Windows" : undefined;
}

/**
 * What Windows writes when it installs a network adapter: its class key and NetCfgInstanceId, the Enum instance with its driver, the bindings,
 * the interface key, the name, from 10 on the MAC address that it answers to. Microsoft documents the sign that no installation is
 * pending as a function only (CMP_WaitNoPendingInstallEvents), which no program of Windows offers: that nothing of this
 * changes any more stands for it. (Inferred; not confirmed on a real first boot.)
 */
function stateOf(root: Key, windows: Windows): string {
  const controlSet = root.subkey(controlSetKey(windows.controlSets.current));
  const hardware = controlSet === undefined ? [] : readHardware(controlSet, windows.version.family);
  return JSON.stringify([
    windows.connections.map(({ guid, name, adapter, mac, hasInterfaceKey }) => [
      ...[guid, name, mac.permanent, hasInterfaceKey],
      ...[adapter?.instanceId, adapter?.boundToTcpip, adapter?.disabled, adapter?.memberOf],
    ]),
    hardware.map(({ instanceId, kind, disabled }) => [instanceId, kind, disabled]),
    windows.setup.setupType,
  ]);
}
