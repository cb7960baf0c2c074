/** Figures as people read them. */

const BYTE_UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** Whole numbers with separated thousands: `1,234,567`. */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** `1.2 M`: where the digits would not fit. */
export function formatShort(value: number): string {
  const units = ["", " k", " M", " G", " T"];
  let scaled = value;
  let unit = 0;
  for (; scaled >= (unit === 0 ? 10_000 : 1000) && unit < units.length - 1; unit++) scaled /= 1000;
  return unit === 0 ? formatCount(scaled) : `${scaled < 100 ? scaled.toFixed(1) : formatCount(scaled)}${units[unit]}`;
}

/** `45 s`, `3 min 20 s`, `2 h 05 min`, `3 d 4 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(whole % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${twoDigits(minutes % 60)} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** `12 s ago`, `3 min ago`: one unit is enough for what has passed. */
export function formatAgo(seconds: number): string {
  if (seconds < 2) return "just now";
  if (seconds < 90) return `${Math.round(seconds)} s ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min ago`;
  if (seconds < 129_600) return `${Math.round(seconds / 3600)} h ago`;
  return `${Math.round(seconds / 86_400)} d ago`;
}

/** `7.3 MB`: the largest unit that leaves a figure above 1. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < BYTE_UNITS.length - 1; unit++) value /= 1000;
  return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** Nats, to where differences between rounds show. */
export function formatLoss(loss: number): string {
  return loss.toFixed(3);
}

export function formatPercent(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return "< 0.1 %";
  return `${percent === 0 || percent >= 10 ? Math.round(percent) : percent.toFixed(1)} %`;
}
