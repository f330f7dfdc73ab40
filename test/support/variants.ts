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

/** What drivers an image has, and what they say of those. */
export const DRIVER_VARIANT_NAMES = [
  "driver-disabled",
  "driver-store",
  "driver-store-7",
  "driver-store-xp",
] as const satisfies readonly VariantName[];

/** Which settings go along, and which names. */
export const SETTINGS_VARIANT_NAMES = [
  "dhcp-with-servers",
  "every-setting-10",
  "every-setting-7",
  "every-setting-xp",
  "name-taken",
] as const satisfies readonly VariantName[];

/** Static IPv6, by NSI's records. */
export const IPV6_VARIANT_NAMES = [
  "ipv6-10",
  "ipv6-7",
  "ipv6-automatic",
  "ipv6-without-record",
] as const satisfies readonly VariantName[];
