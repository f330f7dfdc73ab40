/** A security descriptor has an owner and a group. */
import { toFile } from "../../format/offsets.ts";
import { DESCRIPTOR_HEADER } from "../../format/security-descriptor.ts";
import { descriptorWithoutOwner } from "../../problems/descriptor-without-owner.ts";
import { rule } from "../rule.ts";

export const descriptorWithoutOwnerRule = rule(descriptorWithoutOwner, (_examined, report) => ({
  descriptor({ cell, bytes }) {
    if (bytes === undefined || bytes.length < DESCRIPTOR_HEADER.sizeBytes) return; // reported as such
    const { owner, group } = DESCRIPTOR_HEADER.decode(new DataView(bytes.buffer, bytes.byteOffset));
    if (owner === 0) report(toFile(cell), { part: "owner" });
    if (group === 0) report(toFile(cell), { part: "group" });
  },
}));
