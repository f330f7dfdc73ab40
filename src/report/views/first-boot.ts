/** The first boot that finishes a move: what a run arranges, and what an image holds of one. */
import type {
  ArrangedFirstBoot,
  FirstBootState,
  FirstBootSummary,
  WaitingSource,
} from "../../apply/first-boot/result.ts";
import type { FirstBootResult } from "../../firstboot/result.ts";
import type { Detail } from "../detail.ts";
import { type Field, fields } from "../lines.ts";
import { counted } from "../words.ts";
import { section } from "./parts.ts";

const BY = { program: "by pint.exe", batch: "by a batch file" } as const satisfies Record<
  ArrangedFirstBoot["way"],
  string
>;

const RUN = {
  written: "",
  "as-it-was": " (it is there already)",
  foreseen: " (apply would put it there)",
} as const satisfies Record<ArrangedFirstBoot["state"], string>;

const STATE = {
  arranged: "arranged: the next start of this Windows begins",
  incomplete: "NOT whole: the service is there, and not all that it needs",
  leftover: "files without a service: nothing runs them",
  ran: "over: it has removed itself",
} as const satisfies Record<FirstBootState, string>;

export function arrangedFields(firstBoot: ArrangedFirstBoot | null): Field[] {
  if (firstBoot === null) return [];
  return [["first boot", `${BY[firstBoot.way]}, in ${firstBoot.folder}${RUN[firstBoot.state]}`]];
}

/** Beside a document that has no place for it. */
export function arrangedLines(firstBoot: ArrangedFirstBoot | null): string[] {
  return fields("", arrangedFields(firstBoot));
}

export function firstBootLines(firstBoot: FirstBootSummary | null, detail: Detail): string[] {
  if (firstBoot === null) return [];
  const { state, way, arrangedAt, folder, attempts, sources, problems, result, log } = firstBoot;
  const rows: Field[] = [
    ["state", STATE[state]],
    ["how", way === null ? null : BY[way]],
    ["since", arrangedAt],
    ["folder", state === "ran" ? null : folder],
    ["starts", attempts === null ? null : attemptsText(attempts)],
    ["waiting", sources.map(sourceText)],
    ["why", detail === "verbose" ? sources.map(({ number, reason }) => `source ${number}: ${reason}`) : null],
    ["wanting", problems],
    ...(result === null ? [] : resultFields(result)),
    ["log", log],
  ];
  return section("first boot", fields("   ", rows));
}

function attemptsText({ made, limit }: NonNullable<FirstBootSummary["attempts"]>): string {
  const until = limit === null ? "" : `; it gives up after ${limit}`;
  return `${made === 0 ? "none yet" : `waited through ${made}`}${until}`;
}

function sourceText({ number, name, addresses, adapter }: WaitingSource): string {
  const source = name === null ? `source ${number}` : `source ${number} ("${name}")`;
  const told = [adapter.description, adapter.mac].filter((part) => part !== null).join(" ");
  return `${source} ${addresses.join(", ")} -> ${told === "" ? "its adapter" : told}`;
}

function resultFields({ state, reason, attempt, at, removed, restart, sources, warnings }: FirstBootResult): Field[] {
  const when = at === undefined ? "" : ` at ${at}`;
  const ends = [
    ...(restart ? ["Windows was restarted"] : []),
    ...(removed ? ["the service is gone"] : ["the service was still there"]),
  ].join(", ");
  return [
    ["result", `${state} (start ${attempt}${when}): ${reason}; ${ends}`],
    [
      counted(sources.length, "source"),
      sources.map(({ number, name, outcome, target, reason: why }) => {
        const source = name === undefined ? `source ${number}` : `source ${number} ("${name}")`;
        return `${source}: ${outcome}${target === undefined ? "" : ` -> ${target}`}: ${why}`;
      }),
    ],
    ["warnings", warnings.map(({ message }) => message)],
  ];
}
