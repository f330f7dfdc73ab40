/** Which adapters of the machine the image has drivers for. */
import type { PlannedDriver } from "../../plan/model.ts";
import { wrap } from "../lines.ts";
import { section } from "./parts.ts";

const MARKS: Readonly<Record<PlannedDriver["verdict"], string>> = {
  there: "  [there]    ",
  missing: "  [missing]  ",
  unknown: "  [unknown]  ",
};

/** Nothing without an inventory. */
export function driverLines(drivers: readonly PlannedDriver[] | null | undefined): string[] {
  return section("drivers", (drivers ?? []).flatMap(oneDriver));
}

function oneDriver({ adapter: { description, mac }, verdict, reason }: PlannedDriver): string[] {
  const name = [description, mac].filter((part) => part !== undefined).join(", ");
  return wrap(MARKS[verdict], `${name === "" ? "an adapter that has no name" : name}: ${reason}`);
}
