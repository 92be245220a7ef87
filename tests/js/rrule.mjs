// rrule.js knows rules alone: from {name: [DTSTART, RRULE, EXDATE…]}, lines without their time zone, on standard
// input come the wall times of every date, {name: ["yyyy-mm-ddThh:mm:ssZ", …]}.
import rrule from "rrule";
import { instant, printed, read } from "./reading.mjs";

const rules = Object.entries(JSON.parse(read()));
printed(Object.fromEntries(rules.map(([name, lines]) => [name, rrule.rrulestr(lines.join("\n"), { forceset: true }).all().map(instant)])));
