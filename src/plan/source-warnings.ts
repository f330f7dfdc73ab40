/** What a person should know of a source that goes to an adapter, in this run or at the first boot. */
import type { Warning } from "../exit/warning.ts";
import { isSameNetwork } from "../notation/ipv4.ts";
import type { AdapterSetting, UnreadableSetting } from "../windows/model/settings.ts";
import type { WindowsConnection, WindowsFamily } from "../windows/model/windows.ts";
import { sourceText } from "./ends/end.ts";
import type { Source } from "./ends/source.ts";
import { type Target, targetText } from "./ends/target.ts";
import type { PlanRequest } from "./options.ts";

/** What belongs to the source's adapter is not moved; what the target has alike (`there`) needs nobody's hand. */
export function adapterSettingWarnings(source: Source, target: Target, there: readonly AdapterSetting[]): Warning[] {
  const { adapterSettings = [] } = source.settings;
  const missing = adapterSettings.filter(({ text }) => !there.some((own) => own.text === text));
  if (missing.length === 0) return [];
  const texts = missing.map(({ text }) => text).join("; ");
  const message = `${sourceText(source)} has settings that belong to its adapter and do not move: ${texts}. Set them on ${targetText(target)} after the first start.`;
  return [{ code: "adapter-settings-not-moved", message }];
}

/**
 * From Vista on Windows knows a network by its gateway and chooses a firewall profile for it (Microsoft, "Network Location Awareness"):
 * at a new site the network may be a public one.
 */
export function newNetworkWarning(sources: readonly Source[], family: WindowsFamily): Warning[] {
  const gateways = sources.flatMap(({ settings }) => settings.ipv4.gateways.map(({ address }) => address));
  if (gateways.length === 0 || family === "xp") return [];
  const message = `Windows knows a network by its gateway. If ${[...new Set(gateways)].join(" or ")} is another device than before, Windows may take the network for a new, public one, and its firewall may close remote desktop: have the console at hand for the first start.`;
  return [{ code: "network-may-be-public", message }];
}

/** A profile's are told when it is read. */
export function gatewayWarnings(source: Source): Warning[] {
  const { addresses, gateways } = source.settings.ipv4;
  if (!source.isOfImage) return [];
  return gateways
    .filter(
      (gateway) =>
        !addresses.some(({ address, prefixLength }) => isSameNetwork(address, gateway.address, prefixLength)),
    )
    .map(({ address }) => ({
      code: "gateway-outside-subnet",
      message: `${sourceText(source)}: the gateway ${address} is outside the subnet of ${source.end.addresses.join(", ")}`,
    }));
}

export function unreadableWarning(source: Source, { name, reason }: UnreadableSetting): Warning {
  return { code: "unreadable-setting", message: `${sourceText(source)}: ${name} ${reason}; it is not moved` };
}

/** What the interface of a profile's connection (`former`) holds in the image and cannot be read; reading the profile has told what that says itself (`leftOut`). */
export function notInProfileWarnings(
  source: Source,
  former: WindowsConnection | undefined,
  { profile }: PlanRequest,
): Warning[] {
  if (source.isOfImage) return [];
  const told = profile?.connections.find(({ number }) => number === source.number)?.leftOut ?? [];
  return (former?.settings.unreadable ?? [])
    .map(({ name, reason }) => `${name} ${reason}`)
    .filter((text) => !told.includes(text))
    .map((text) => ({
      code: "unreadable-not-in-profile",
      message: `${sourceText(source)}: ${text}; the profile does not have it as a setting, and it is not moved`,
    }));
}
