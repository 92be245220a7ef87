// node-ical, with its own expansion.
import ical from "node-ical";
import { instant, printed, read } from "./reading.mjs";

const from = new Date("2026-01-01T00:00:00Z");
const to = new Date("2031-01-01T00:00:00Z");
const events = Object.values(ical.sync.parseICS(read())).filter((one) => one.type === "VEVENT");
printed(events.flatMap((event) => ical.expandRecurringEvent(event, { from, to })).map(row));

function row({ event, start, end, summary, isFullDay }) {
  const said = isFullDay ? day : instant;
  return [event.uid, said(start), said(end), summary, event.description];
}

// Whole days are midnights of the machine's own time zone here.
function day(date) {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return `${parts.map((part) => String(part).padStart(2, "0")).join("-")}T00:00:00Z`;
}
