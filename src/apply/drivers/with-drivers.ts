/** A plan with what is known of the drivers of the machine's adapters, and a warning for each target that may have none. */
import type { DriverFinding } from "../../drivers/model.ts";
import type { ImageSession } from "../../image/session.ts";
import type { Match } from "../../match/model.ts";
import type { InventoryAdapter } from "../../inventory/model.ts";
import { endOfNewAdapter, sourceText } from "../../plan/ends/end.ts";
import type { Outcome, PlannedDriver, PlannedSource } from "../../plan/model.ts";
import type { Windows } from "../../windows/model/windows.ts";
import type { PreparedPlan } from "../planning.ts";
import { findDrivers } from "./find-drivers.ts";
import { driverWarning } from "./warnings.ts";

/** Those whose target is, or will be, the connection that has the settings. */
const USE_THEIR_TARGET: ReadonlySet<Outcome> = new Set(["moved", "already", "kept", "pending", "arranged"]);

/** As it is without an inventory. Never a reason to stop: whatever cannot be read is said in a warning. */
export function withDrivers(session: ImageSession, windows: Windows, prepared: PreparedPlan): PreparedPlan {
  const { match, plan } = prepared;
  if (!match.byInventory) return prepared;
  const found = findDrivers(session, windows, match).map(({ adapter, finding }) => ({
    driver: plannedDriver(adapter, finding),
    users: plan.sources
      .filter((planned) => uses(planned, adapter, match))
      .map(({ source }) => sourceText({ end: source })),
  }));
  const warnings = found.flatMap(
    ({ driver, users }) => driverWarning(driver, users, session.location, windows.version.family) ?? [],
  );
  const drivers = found.map(({ driver }) => driver);
  return { ...prepared, plan: { ...plan, drivers, warnings: [...plan.warnings, ...warnings] } };
}

/** For each adapter of the inventory that `match` rests on. */
export function plannedDrivers(session: ImageSession, windows: Windows, match: Match): PlannedDriver[] {
  return findDrivers(session, windows, match).map(({ adapter, finding }) => plannedDriver(adapter, finding));
}

function plannedDriver(adapter: InventoryAdapter, finding: DriverFinding): PlannedDriver {
  const { description, mac } = endOfNewAdapter(adapter);
  return { adapter: { description, mac }, ...finding };
}

/** An interface is known by its GUID; an adapter that Windows has none for, by what the plan calls it. */
function uses({ outcome, target }: PlannedSource, adapter: InventoryAdapter, { connections }: Match): boolean {
  if (target === undefined || !USE_THEIR_TARGET.has(outcome)) return false;
  const matched = connections.find((each) => each.adapter?.inventory === adapter);
  if (matched !== undefined) return matched.connection.guid === target.guid;
  const { description, mac } = endOfNewAdapter(adapter);
  return target.guid === undefined && target.description === description && target.mac === mac;
}
