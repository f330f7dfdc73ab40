/** What an operation does while it works, a line for each stage: the human style of the events. */
import type { Event } from "../apply/events.ts";
import { wrap } from "./lines.ts";
import { counted } from "./words.ts";

const STAGE = {
  found: "the hive as it was found",
  "read-back": "the hive as read back",
} as const satisfies Record<Extract<Event, { kind: "checked" }>["stage"], string>;

/** The event's lines, each behind "* "; none for what the report after the last stage shows anyway (changes, warnings). */
export function eventLines(event: Event): string[] {
  const sentence = eventSentence(event);
  return sentence === undefined ? [] : wrap("* ", sentence);
}

/** What is shown although nobody asked for the stages: that a run which does nothing yet is alive, and why the machine goes down. */
export function isProgress({ kind }: Event): boolean {
  return kind === "waiting" || kind === "restarting";
}

/** undefined: the report after the last stage shows it. */
export function eventSentence(event: Event): string | undefined {
  switch (event.kind) {
    case "image-opened":
      return `opened ${event.hive} ${event.forWriting ? "for writing" : "for reading"}`;
    case "logs-replayed":
      return `the hive is dirty; in memory, what its logs hold was applied: ${event.logs.join(", ")}`;
    case "checked":
      return `checked ${STAGE[event.stage]}: ${counted(event.keys, "key")}, ${counted(event.values, "value")}, ${counted(event.problems, "problem")}`;
    case "guard":
      return `guard ${event.name}: ${event.outcome}${event.message === "" ? "" : `: ${event.message}`}`;
    case "profile-read":
      return `read the profile ${event.path}${event.found ? " (found)" : ""}: ${counted(event.connections, "connection")}`;
    case "inventory-read":
      return `read the inventory, ${event.origin}: ${counted(event.adapters, "adapter")}`;
    case "plan-read":
      return `read the plan ${event.path}`;
    case "planned":
      return `planned: ${counted(event.sources, "source")}, ${counted(event.steps, "registry change")}`;
    case "receipt-written":
      return `wrote the receipt ${event.path} (${event.sizeBytes} bytes)`;
    case "committed":
      return `committed ${event.hive}, SHA-256 now ${event.sha256}`;
    case "completed":
      return `completed the run of ${event.at}, which had been cut short, from its log: ${event.hive}, SHA-256 now ${event.sha256}`;
    case "compared":
      return `read back and compared ${counted(event.changes, "change")}: ${counted(event.differences, "difference")}`;
    case "volumes-seen":
      return volumesText(event);
    case "waiting":
      return `waiting for ${event.what}: ${seconds(event.waitedMs)} of at most ${seconds(event.limitMs)} seconds`;
    case "windows-chosen":
      return `took the Windows in ${event.root} (${event.computerName === undefined ? "which has no computer name" : `computer ${event.computerName}`})`;
    case "profile-passed-over":
      return `passed over the profile ${event.path}: ${event.reason}`;
    case "noted":
      return event.message;
    case "restarting":
      return `restarting this machine: ${event.program}`;
    case "receipt-read":
      return `read the receipt ${event.path} of ${event.at}`;
    case "restored":
      return event.how === "removed" ? `removed ${event.file}` : `restored ${event.file}`;
    case "saved":
      return `saved the ${event.what}: ${event.path}`;
    case "problem":
    case "source":
    case "step":
    case "changed":
    case "difference":
    case "warning":
      return undefined;
  }
}

function volumesText({ windows, withoutWindows, others }: Extract<Event, { kind: "volumes-seen" }>): string {
  const found = windows.length === 0 ? "no Windows" : `Windows in ${windows.join(", ")}`;
  const without = withoutWindows.length === 0 ? "" : `; none in ${withoutWindows.join(", ")}`;
  return `looked for Windows: ${found}${without}${others.map(({ place, why }) => `; ${place}: ${why}`).join("")}`;
}

function seconds(timeMs: number): number {
  return Math.round(timeMs / 1000);
}
