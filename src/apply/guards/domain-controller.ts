/** Guard: the address of a domain controller is known to others, and a copy of one must not come up beside it. */
import { type Guard, notChecked, warnedWhen } from "./guard.ts";

export const domainController: Guard = {
  name: "domain-controller",
  needs: "windows",
  look: ({ version: { productType } }) =>
    productType === undefined
      ? notChecked("Whether this Windows is a domain controller", { reason: "the hive does not say its product type" })
      : warnedWhen(
          // Microsoft, "Win32_OperatingSystem": product type 2; its registry word is LanmanNT.
          productType.toLowerCase() === "lanmannt"
            ? "This Windows is a domain controller: clients, DNS and the other controllers know it by its address, and it must not run twice. Keep the address, and see that its DNS server setting still leads to a controller"
            : undefined,
        ),
  refusal: null,
};
