/** Which sources an answer file can serve, and what becomes of each. */
import type { Warning } from "../../exit/warning.ts";
import type { MacAddress } from "../../notation/mac.ts";
import { exitCodeOfSources } from "../../plan/exit-of-sources.ts";
import type { Outcome, Plan, PlannedSource } from "../../plan/model.ts";
import { type AnswerInterface, notCarried } from "../../unattend/components.ts";
import type { PreparedPlan } from "../planning.ts";

export interface Arrangement {
  readonly interfaces: readonly AnswerInterface[];
  /** Of the sources that are served, by their place in the plan: the adapter's MAC address. */
  readonly served: ReadonlyMap<number, MacAddress>;
  /** Of those that could be served but for this, by their place: why not. */
  readonly unserved: ReadonlyMap<number, string>;
  readonly warnings: readonly Warning[];
}

/** Setup removes the adapters of a generalized image and all that they have: then whoever has a target needs the answer file. */
const SERVED: Readonly<Record<"generalized" | "other", readonly Outcome[]>> = {
  generalized: ["pending", "moved", "kept", "already"],
  other: ["pending"],
};

/** With a conflict nothing is served, as nothing is moved then. */
export function arrange({ plan, decisions }: PreparedPlan, isGeneralized: boolean): Arrangement {
  const outcomes = plan.sources.some(({ outcome }) => outcome === "conflict")
    ? []
    : SERVED[isGeneralized ? "generalized" : "other"];
  const candidates = plan.sources.flatMap(({ outcome, target }, index) => {
    const source = decisions[index]?.source;
    return source === undefined || source.apply === "dhcp" || !outcomes.includes(outcome)
      ? []
      : [{ index, source, mac: target?.mac }];
  });
  const served = new Map<number, MacAddress>();
  const unserved = new Map<number, string>();
  const interfaces: AnswerInterface[] = [];
  const warnings: Warning[] = [];
  for (const { index, source, mac } of candidates) {
    const holders = candidates.filter((one) => one.mac === mac);
    if (mac === undefined || holders.length > 1) {
      unserved.set(
        index,
        mac === undefined ? "its MAC address is not known" : `${holders.length} adapters have its MAC address ${mac}`,
      );
      continue;
    }
    const request = { mac, settings: source.settings };
    served.set(index, mac);
    interfaces.push(request);
    const missing = notCarried(request);
    if (missing.length > 0) {
      const message = `The answer file cannot say what source ${source.number}${source.name === undefined ? "" : ` ("${source.name}")`} has beside its addresses and servers: ${missing.join("; ")}`;
      warnings.push({ code: "answer-file-leaves-out", message });
    }
  }
  return { interfaces, served, unserved, warnings };
}

/** The plan when the answer file is in the image: nothing of the hive is changed, and Setup does the rest. */
export function arrangedPlan({ plan, decisions }: PreparedPlan, arrangement: Arrangement, file: string): Plan {
  const arranged = plan.sources.map((planned, index): PlannedSource => {
    const mac = arrangement.served.get(index);
    if (mac !== undefined) {
      return {
        ...planned,
        pendingParts: undefined,
        outcome: "arranged",
        reason: `Setup gives its settings to the adapter ${mac}, as ${file} says (${planned.reason})`,
      };
    }
    const why = arrangement.unserved.get(index);
    if (why !== undefined) {
      return {
        ...planned,
        pendingParts: undefined,
        outcome: "pending",
        reason: `no answer file can name its adapter, because ${why} (${planned.reason})`,
      };
    }
    return decisions[index]?.source.apply === "dhcp" ? withoutMove(planned) : planned;
  });
  return { ...plan, sources: arranged, steps: [], exitCode: exitCodeOfSources(arranged) };
}

function withoutMove(planned: PlannedSource): PlannedSource {
  const { outcome, target: _made, ...rest } = planned;
  if (outcome === "skipped") return planned;
  return {
    ...rest,
    outcome: "skipped",
    reason: "DHCP is all it wants, and Setup makes every adapter DHCP that the answer file does not name",
  };
}

/** Of a plan that changes the hive beside the answer file: what is said of the sources that wait. */
export function withAnswerFile(plan: Plan, { served, unserved }: Arrangement, file: string): Plan {
  const told = plan.sources.map((planned, index) => {
    const mac = served.get(index);
    const why = unserved.get(index);
    if (mac !== undefined)
      return { ...planned, reason: `${planned.reason}; its settings are in ${file}, for the adapter ${mac}` };
    return why === undefined ? planned : { ...planned, reason: `${planned.reason}; not in ${file}, because ${why}` };
  });
  return { ...plan, sources: told };
}
