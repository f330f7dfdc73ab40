/** What the decisions on single sources rest on, and the shape of the rules that make them. */
import type { Decision } from "../decision.ts";
import type { Exclusions, Mappings } from "../ends/mappings.ts";
import type { Source } from "../ends/source.ts";
import type { PlanRequest } from "../options.ts";
import type { Belonging } from "./belonging.ts";

/** What every decision rests on. */
export interface Premises {
  readonly request: PlanRequest;
  readonly mappings: Mappings;
  readonly excluded: Exclusions;
  /** Undefined when there is no profile. */
  readonly belonging: Belonging | undefined;
}

export interface Situation extends Premises {
  /** The sources before this one that are to be paired. */
  readonly open: readonly Source[];
  /** Those whose own adapter is to be made, or left, DHCP. */
  readonly toBeDhcp: readonly Source[];
}

/** What a rule says of a source. */
export type Verdict = Pick<Decision, "outcome" | "reason" | "target" | "pendingParts">;

/** Undefined when the rule has nothing to say of the source. */
export type Rule = (source: Source, situation: Situation) => Verdict | undefined;
