/** What a profile has saved of an image. */
import type { LiveCaptureResult } from "../../apply/profile-results.ts";
import type { CaptureResult } from "../../apply/results.ts";
import type { ProfileConnection } from "../../profile/model.ts";
import type { Detail } from "../detail.ts";
import { fields, wrap } from "../lines.ts";
import { addressText } from "../../notation/ipv4.ts";
import { counted } from "../words.ts";
import { APPLY_CHOICE, imageFields, section, warningLines } from "./parts.ts";

export function captureView(result: CaptureResult, detail: Detail): string[] {
  if (detail === "quiet") {
    return warningLines(result.warnings);
  }
  const { connections } = result.profile;
  return [
    ...fields("", [
      ...imageFields(result.image),
      ["saved to", result.savedTo],
      [
        "former",
        result.formerKeptAs === null ? null : `the profile that stood there is kept as ${result.formerKeptAs}`,
      ],
    ]),
    ...section(counted(connections.length, "connection"), connections.flatMap(connectionLines)),
    ...warningLines(result.warnings),
  ];
}

const LIVE_STATE: Readonly<Record<LiveCaptureResult["state"], string>> = {
  new: "the configuration of this machine",
  changed: "the configuration of this machine, which has changed",
  unchanged: "nothing: the configuration is as it was saved",
  kept: "nothing: this machine looks as after a move",
};

export function liveCaptureView(result: LiveCaptureResult, detail: Detail): string[] {
  if (detail === "quiet") {
    return warningLines(result.warnings);
  }
  const { connections } = result.profile;
  return [
    ...fields("", [
      ["profile", result.path],
      ["saved", LIVE_STATE[result.state]],
      ["former", result.formerKeptAs === null ? null : `kept as ${result.formerKeptAs}`],
      ["removed", result.removedCopies],
    ]),
    ...section(counted(connections.length, "connection"), connections.flatMap(connectionLines)),
    ...warningLines(result.warnings),
  ];
}

function connectionLines(connection: ProfileConnection): string[] {
  const { number, name, guid, ipv4, ipv6, mac, note } = connection;
  const addresses = [...ipv4.addresses, ...ipv6.addresses].map(addressText).join(", ");
  return [
    ...wrap(
      "  ",
      `${number} ${name ?? connection.adapter?.description ?? guid ?? "(no name)"}: ${ipv4.mode} ${addresses}`,
    ),
    ...wrap(
      "    ",
      `MAC ${mac.permanent ?? mac.current ?? "unknown"}; ${APPLY_CHOICE[connection.apply]}${note === undefined ? "" : `: ${note}`}`,
    ),
  ];
}
