/** Which of the phony images show what: the tests of each kind have a row for every one of them. */
import type { VariantName } from "../../scripts/fixtures/images.ts";

/** A kind of adapter, or a doubt about one. */
export const ADAPTER_VARIANT_NAMES = [
  "constant-serial",
  "disabled",
  "mac-disagreement",
  "management-controller",
  "network-boot",
  "team-gone",
  "team-here",
  "virtual-function",
  "virtual-switch-gone",
  "virtual-switch-here",
  "wifi",
] as const satisfies readonly VariantName[];

/** Which settings go along, and which names. */
export const SETTINGS_VARIANT_NAMES = [
  "dhcp-with-servers",
  "every-setting-10",
  "every-setting-7",
  "every-setting-xp",
  "name-taken",
] as const satisfies readonly VariantName[];

/** The new machine has an adapter that the image never met. */
export const FIRST_BOOT_VARIANT_NAMES = [
  "pending-10",
  "pending-7",
  "pending-7-x86",
  "pending-arm64",
  "pending-xp",
] as const satisfies readonly VariantName[];
