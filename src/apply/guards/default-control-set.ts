/** Guard: the next start is from another control set than the one that Windows used last. */
import type { ControlSets } from "../../windows/model/windows.ts";
import { controlSetKey } from "../../windows/registry-paths.ts";
import { type Guard, warnedWhen } from "./guard.ts";

export const defaultControlSet: Guard = {
  name: "default-control-set",
  needs: "windows",
  look: ({ controlSets }) => warnedWhen(describe(controlSets)),
  refusal: null,
};

function describe({ current, default: next, existing }: ControlSets): string | undefined {
  if (next === current) {
    return undefined;
  }
  const used = `Windows used ${controlSetKey(current)} last, which is read here`;
  if (next === 0) {
    return `${used}; which one its next start takes, Select does not say (Default)`;
  }
  return existing.includes(next)
    ? `${used}; its next start takes ${controlSetKey(next)} (Select, Default): what is changed in one is changed in the other too, and nothing else is made alike`
    : `${used}; its next start wants ${controlSetKey(next)} (Select, Default), which does not exist`;
}
