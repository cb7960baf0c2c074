/** Light or dark: what the system asks for, until somebody chooses. */
import { writable } from "svelte/store";

export type Theme = "system" | "light" | "dark";

const KEY = "neuroshard.theme";
const THEMES: readonly string[] = ["system", "light", "dark"] satisfies readonly Theme[];

/** Where storage is refused the choice lasts as long as the page. */
function stored(): Theme {
  try {
    const text = localStorage.getItem(KEY) ?? "";
    return THEMES.includes(text) ? (text as Theme) : "system";
  } catch {
    return "system";
  }
}

function apply(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

const chosen = writable<Theme>(stored());
chosen.subscribe(apply);

export const theme = {
  subscribe: chosen.subscribe,
  choose(next: Theme): void {
    chosen.set(next);
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // The page looks as it was told to all the same.
    }
  },
};
