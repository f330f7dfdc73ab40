/** The bytes of a security descriptor are one. */
import { toFile } from "../../format/offsets.ts";
import { badDescriptor } from "../../problems/bad-descriptor.ts";
import { descriptorFault } from "../descriptor-fault.ts";
import { rule } from "../rule.ts";

export const badDescriptorRule = rule(badDescriptor, (_examined, report) => ({
  descriptor({ cell, bytes }) {
    const fault = bytes === undefined ? undefined : descriptorFault(bytes);
    if (fault !== undefined) report(toFile(cell), { ...fault });
  },
}));
