/** What each area of figures is made of: a registry of its own node, names of one family, values read when they are asked for. */
import { Counter, Gauge, type Registry } from "prom-client";

export interface Described<Label extends string = never> {
  /** After `neuroshard_`. */
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

const PREFIX = "neuroshard_";

/** A figure that goes up and down. `read` sets it anew for each answer. */
export function gauge<Label extends string = never>(
  registry: Registry,
  { name, help, labels = [] }: Described<Label>,
  read: (gauge: Gauge<Label>) => void,
): void {
  const made: Gauge<Label> = new Gauge({
    ...{ name: PREFIX + name, help, labelNames: labels, registers: [registry] },
    collect() {
      made.reset();
      read(made);
    },
  });
}

/** A figure that only grows and is counted elsewhere. `read` tells all of it. */
export function total<Label extends string = never>(
  registry: Registry,
  { name, help, labels = [] }: Described<Label>,
  read: (counter: Counter<Label>) => void,
): void {
  const made: Counter<Label> = new Counter({
    ...{ name: PREFIX + name, help, labelNames: labels, registers: [registry] },
    collect() {
      made.reset();
      read(made);
    },
  });
}

/** A figure that only grows, counted here. */
export function counter<Label extends string = never>(
  registry: Registry,
  { name, help, labels = [] }: Described<Label>,
): Counter<Label> {
  return new Counter({ name: PREFIX + name, help, labelNames: labels, registers: [registry] });
}
