/** The pages of the dashboard: a closed table, in the order of the navigation. Each is fetched when it is opened first. */
import type { Component } from "svelte";
import type { IconName } from "./components/icons.ts";

export interface Page {
  readonly title: string;
  readonly icon: IconName;
  load(): Promise<{ readonly default: Component<Record<string, never>> }>;
}

export const PAGES = {
  overview: { title: "Overview", icon: "pulse", load: () => import("./pages/overview/OverviewPage.svelte") },
  network: { title: "Network", icon: "nodes", load: () => import("./pages/network/NetworkPage.svelte") },
  explorer: { title: "Explorer", icon: "blocks", load: () => import("./pages/explorer/ExplorerPage.svelte") },
  node: { title: "This node", icon: "dial", load: () => import("./pages/node/NodePage.svelte") },
} as const satisfies Readonly<Record<string, Page>>;

export type PageId = keyof typeof PAGES;

export const FIRST_PAGE: PageId = "overview";

export function isPageId(text: string): text is PageId {
  return Object.hasOwn(PAGES, text);
}
