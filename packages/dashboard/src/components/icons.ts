/** The drawings of the dashboard: paths of strokes in a square of 24. */

export const ICONS = {
  pulse: "M3 12h4l3-8 4 16 3-8h4",
  nodes: "M12 4.5v5M7 17l3.5-5M17 17l-3.5-5M12 2.5v.01M5.5 19.5v.01M18.5 19.5v.01M8.5 19.5h7",
  chat: "M4 5h16v11H10l-4.5 4v-4H4z",
  blocks: "M4 4h7v7H4zM13 13h7v7h-7zM13 4h7v7h-7zM4 13h7v7H4z",
  vote: "M4 11h16v9H4zM9 11V4h6v7M9 15.5h6",
  wallet: "M4 7h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 7l11-3v3M16 13.5v.01",
  dial: "M12 20a8 8 0 1 1 8-8M12 12l4.5-4.5M20 16v.01M17 19.5v.01",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  check: "M5 12.5 10 17.5 19.5 7",
  close: "M6 6l12 12M18 6 6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  sun: "M12 8a4 4 0 1 0 .01 0M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  screen: "M3 5h18v11H3zM9 20h6M12 16v4",
  warning: "M12 3.5 22 20H2zM12 10v4.5M12 17v.01",
  info: "M12 3a9 9 0 1 0 .01 0M12 11v6M12 7.5v.01",
  arrow: "M5 12h14M13 6l6 6-6 6",
} as const;

export type IconName = keyof typeof ICONS;
