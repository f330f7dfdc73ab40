/** Puts the entries of adapters into one component of one architecture: replaced where they are there, added where not. */
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import { type MacAddress, parseMac } from "../notation/mac.ts";
import { childrenOf, firstChild, invalid, readRoot } from "./answer-xml.ts";
import type { Architecture } from "./architecture.ts";
import type { AnswerInterface, Component } from "./components.ts";
import { appended, indentUnit, inPlaceOf, newlineOf, type Splice, without } from "./insertion.ts";
import { type NewElement, type Style, WCM_NAMESPACE } from "./new-element.ts";
import { attributeOf, prefixFor, type XmlElement } from "./xml-tree.ts";

/** The text is read anew for each, so that all offsets fit. */
export class ComponentMerger {
  readonly warnings: Warning[] = [];
  readonly #text: string;
  readonly #path: string;
  readonly #component: Component;
  readonly #architecture: Architecture;
  readonly #root: XmlElement;

  constructor(text: string, path: string, component: Component, architecture: Architecture) {
    this.#text = text;
    this.#path = path;
    this.#component = component;
    this.#architecture = architecture;
    this.#root = readRoot(text, path);
  }

  /** They do not overlap; the offsets are of the text as it stands. */
  merge(interfaces: readonly AnswerInterface[]): readonly Splice[] {
    const wanted = new Map(interfaces.map((one) => [one.mac, this.#component.interfaceOf(one)]));
    const settings = this.#settings();
    const component = this.#existingComponent(settings);
    const list = component === undefined ? undefined : firstChild(component, "Interfaces");
    const { splices, placed } = this.#replacements(list, wanted);
    const rest = [...wanted].flatMap(([mac, element]) => (element === undefined || placed.has(mac) ? [] : [element]));
    if (rest.length > 0) splices.push(this.#addition(rest, list, component, settings));
    return splices.filter(({ start, end, text }) => text !== this.#text.slice(start, end));
  }

  /** The element of the pass; where there are several, the one that has the component. */
  #settings(): XmlElement | undefined {
    const all = childrenOf(this.#root, "settings").filter((one) => attributeOf(one, "pass") === "specialize");
    const settings = all.find((one) => this.#componentsIn(one).length > 0) ?? all[0];
    if (settings !== undefined && attributeOf(settings, "wasPassProcessed") === "true") {
      throw new Failure(
        "refused",
        `Windows Setup is done with the pass specialize of ${this.#path} and would pass over what is added`,
        {
          at: this.#path,
          code: "answer-file-processed",
          advice:
            'remove this answer file, or its wasPassProcessed="true" (then everything in that pass is done again), and run the command again',
        },
      );
    }
    return settings;
  }

  #componentsIn(settings: XmlElement): XmlElement[] {
    return childrenOf(settings, "component").filter(
      (one) =>
        attributeOf(one, "name")?.toLowerCase() === this.#component.name.toLowerCase() &&
        attributeOf(one, "processorArchitecture")?.toLowerCase() === this.#architecture,
    );
  }

  #existingComponent(settings: XmlElement | undefined): XmlElement | undefined {
    const [first, second] = settings === undefined ? [] : this.#componentsIn(settings);
    if (second !== undefined) {
      throw invalid(this.#path, second, this.#text, "the component is there twice in one pass, which Setup refuses");
    }
    return first;
  }

  #replacements(
    list: XmlElement | undefined,
    wanted: ReadonlyMap<MacAddress, NewElement | undefined>,
  ): { readonly splices: Splice[]; readonly placed: ReadonlySet<MacAddress> } {
    const splices: Splice[] = [];
    const placed = new Set<MacAddress>();
    const named: string[] = [];
    for (const former of list === undefined ? [] : childrenOf(list, "Interface")) {
      const identifier = firstChild(former, "Identifier")?.text.trim() ?? "";
      const mac = parseMac(identifier);
      if (mac === undefined) {
        named.push(identifier);
        continue;
      }
      const element = wanted.get(mac);
      if (element !== undefined) {
        const isFirst = !placed.has(mac);
        splices.push(this.#replacement(former, element, mac, isFirst));
        placed.add(mac);
      } else if (wanted.has(mac)) {
        this.#warn(
          "answer-file-entry-kept",
          `had an entry for ${mac} before; it stays, because there is nothing to put in its place`,
        );
      }
    }
    if (named.length > 0) {
      this.#warn(
        "answer-file-names-connection",
        `has entries for ${named.map((name) => JSON.stringify(name)).join(", ")}, which may be the same adapters`,
      );
    }
    return { splices, placed };
  }

  #replacement(former: XmlElement, element: NewElement, mac: MacAddress, isFirst: boolean): Splice {
    const splice = isFirst
      ? inPlaceOf(this.#text, former, declaring(element, former, this.#wcm(former)), this.#style(former))
      : without(this.#text, former);
    if (splice.text !== this.#text.slice(former.start, former.end)) {
      this.#warn("answer-file-entry-replaced", `had another entry for ${mac}, which is replaced`);
    }
    return splice;
  }

  /** Into the list, the component, the pass or the root, whichever is the innermost that is there. */
  #addition(
    items: readonly NewElement[],
    list: XmlElement | undefined,
    component: XmlElement | undefined,
    settings: XmlElement | undefined,
  ): Splice {
    if (list !== undefined) {
      const wcm = this.#wcm(list);
      return appended(
        this.#text,
        list,
        items.map((one) => declaring(one, list, wcm)),
        this.#style(list),
      );
    }
    const interfaces: NewElement = { name: "Interfaces", content: items };
    if (component !== undefined) {
      const wcm = this.#wcm(component);
      return appended(this.#text, component, [declaring(interfaces, component, wcm)], this.#style(component));
    }
    const wholeComponent: NewElement = {
      name: "component",
      attributes: {
        name: this.#component.name,
        processorArchitecture: this.#architecture,
        publicKeyToken: "31bf3856ad364e35",
        language: "neutral",
        versionScope: "nonSxS",
      },
      content: [interfaces],
    };
    const parent = settings ?? this.#root;
    const added = declaring(wholeComponent, parent, this.#wcm(parent));
    const whole =
      settings === undefined ? { name: "settings", attributes: { pass: "specialize" }, content: [added] } : added;
    return appended(this.#text, parent, [whole], this.#style(parent));
  }

  #wcm(place: XmlElement): string {
    return prefixFor(place, WCM_NAMESPACE) ?? "wcm";
  }

  #style(place: XmlElement): Style {
    return {
      newline: newlineOf(this.#text),
      unit: indentUnit(this.#text, this.#root),
      prefix: this.#root.prefix,
      wcm: this.#wcm(place),
    };
  }

  #warn(code: string, what: string): void {
    this.warnings.push({ code, message: `${this.#path}: ${this.#component.name} (${this.#architecture}) ${what}` });
  }
}

/** Where nothing around it says what `wcm:` is, the element says it itself. */
function declaring(element: NewElement, place: XmlElement, wcm: string): NewElement {
  if (prefixFor(place, WCM_NAMESPACE) !== undefined) return element;
  return { ...element, attributes: { ...element.attributes, [`xmlns:${wcm}`]: WCM_NAMESPACE } };
}
