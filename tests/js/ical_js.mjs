// ical.js: Thunderbird's and Nextcloud's parser. Its own expansion, with the exceptions of the same UID only:
// left to itself it relates those of the whole file.
import ICAL from "ical.js";
import { instant, printed, read } from "./reading.mjs";

const calendar = new ICAL.Component(ICAL.parse(read()));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const all = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
const rows = [];
for (const event of all.filter((one) => !one.isRecurrenceException())) {
  if (!event.isRecurring()) {
    rows.push(row(event, event.startDate, event.endDate));
    continue;
  }
  for (const one of all) if (one.isRecurrenceException() && one.uid === event.uid) event.relateException(one);
  const iterator = event.iterator();
  for (let next = iterator.next(); next; next = iterator.next()) {
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    rows.push(row(item, startDate, endDate));
  }
}
printed(rows);

function row(event, start, end) {
  return [event.uid, said(start), said(end), event.summary, event.description];
}

function said(time) {
  return time.isDate ? `${time.toString()}T00:00:00Z` : instant(time.toJSDate());
}
