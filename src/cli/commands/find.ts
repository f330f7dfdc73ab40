/** `pint find`: the Windows installations on this machine's volumes. */
import { findImages } from "../../apply/find.ts";
import { findView } from "../../report/views/find.ts";
import { type Command, outcome } from "../command.ts";

export const find: Command = {
  name: "find",
  image: null,
  summary: "the Windows installations on this machine's volumes, and whether apply takes them",
  options: [],
  forces: [],
  apart: [],
  run: (_args, { host, surroundings: { volumes }, emit }) => outcome(findImages({ host, volumes }, emit), findView),
};
