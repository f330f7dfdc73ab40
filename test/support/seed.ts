/** On a build server property tests try the same cases each time, so that a result is the code's; at a desk they try new ones. */
import fc from "fast-check";

if (process.env["CI"] === "true") {
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_261_123 });
}
