/** Has every guard look, and tells what each one found; what is refused is refused in one place, and can be foreseen. */
import { Failure } from "../../exit/failure.ts";
import type { Warning } from "../../exit/warning.ts";
import type { ForceName } from "../../image/force.ts";
import type { VolumeEvidence } from "../../image/evidence/gather.ts";
import type { Windows } from "../../windows/model/windows.ts";
import type { Emit, GuardOutcome } from "../events.ts";
import type { Finding, Guard, Refusal } from "./guard.ts";
import { GUARDS } from "./list.ts";

export interface GuardEvidence {
  readonly volume: VolumeEvidence;
  /** Absent: the guards that need it say nothing. */
  readonly windows?: Windows | undefined;
}

interface Blocking {
  readonly name: string;
  readonly refusal: Refusal;
  readonly message: string;
}

export interface GuardVerdict {
  /** Guards that stand in the way. */
  readonly blocking: readonly Blocking[];
  /** What was forced, what could not be checked, and what a person should know. */
  readonly warnings: readonly Warning[];
}

/** Looks at everything, tells each finding, and refuses nothing by itself. */
export function weighGuards(evidence: GuardEvidence, force: readonly ForceName[], emit: Emit): GuardVerdict {
  const blocking: Blocking[] = [];
  const warnings: Warning[] = [];
  for (const guard of GUARDS) {
    const finding = look(guard, evidence);
    if (finding === undefined) {
      continue;
    }
    const outcome = outcomeOf(guard, finding, force);
    const message = finding.state === "passed" ? "" : finding.message;
    emit({ kind: "guard", name: guard.name, outcome, message });
    if (outcome === "blocked" && guard.refusal !== null) {
      blocking.push({ name: guard.name, refusal: guard.refusal, message });
    } else if (outcome === "forced") {
      warnings.push({ code: `forced-${guard.name}`, message: `Forced: ${message}` });
    } else if (outcome === "not-checked") {
      warnings.push({ code: `not-checked-${guard.name}`, message });
    } else if (outcome === "warned") {
      warnings.push({ code: guard.name, message });
    }
  }
  return { blocking, warnings };
}

function look(guard: Guard, { volume, windows }: GuardEvidence): Finding | undefined {
  if (guard.needs === "volume") {
    return guard.look(volume);
  }
  return windows === undefined ? undefined : guard.look(windows);
}

function outcomeOf({ refusal }: Guard, { state }: Finding, force: readonly ForceName[]): GuardOutcome {
  return state === "blocked" && refusal?.force !== undefined && force.includes(refusal.force) ? "forced" : state;
}

/** What is forced, but by no guard: pairing decides it, so that it stays with the plan. */
const FORCED_BY_THE_PLAN = "forced-conflict";

/** Whether a warning of a plan is what a guard (or something forced) said when it was made: they are weighed again when it is applied. */
export function isGuardWarning(code: string): boolean {
  const ofGuards = GUARDS.some(({ name }) => name === code) || /^(?:not-checked|forced|refused)-/.test(code);
  return ofGuards && code !== FORCED_BY_THE_PLAN;
}

/** The names of what was forced and stood in the way, as warnings tell it. */
export function forcedBy(warnings: readonly Warning[]): string[] {
  return warnings.flatMap(({ code }) => (code.startsWith("forced-") ? [code.slice("forced-".length)] : []));
}

/** Throws the Failure of the first guard that stands in the way, naming the others too. */
export function refuseBlocked({ blocking }: GuardVerdict): void {
  const [first] = blocking;
  if (first === undefined) {
    return;
  }
  const { name, refusal } = first;
  const forces = blocking.flatMap((one) => one.refusal.force ?? []);
  const force = forces.length === blocking.length ? `; or --force ${forces.join(" --force ")}` : "";
  throw new Failure(refusal.exit, blocking.map(({ message }) => message).join("; "), {
    code: name,
    advice: `${refusal.advice}${force}`,
  });
}
