// What every script here does: a feed on standard input, [UID, start, end, title, description] of every date as
// JSON on standard output, times in UTC and days as their midnight.
import { readFileSync } from "node:fs";

export function read() {
  return readFileSync(0, "utf8");
}

export function printed(rows) {
  process.stdout.write(JSON.stringify(rows));
}

export function instant(date) {
  return date.toISOString().replace(".000Z", "Z");
}
