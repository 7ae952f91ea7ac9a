import { seededRandom, pick, type Random } from '../../src/lib/import/sample-random';
import {
	BAD_CELLS,
	BOARDS,
	CONTENT_TYPES,
	DEVICES,
	EVENT_SPELLINGS,
	FORMATS,
	INVENTED_ACCOUNTS,
	ODD_PINS,
	PERCENTS,
	SOURCES,
	TITLES,
	TURNING_POINTS,
	WATCH,
	type Cells
} from './invented-values';
import { utf8 } from './memory-workspace';

/**
 * Event files for comparing engines: unlike the sample data they are small and mean. Events crowd around midnights and
 * changes of the clock, times are written in every form, lists are spelled loosely, Pins change their attributes, and
 * there are enough equal figures for ties to matter.
 */

export interface InventedOptions {
	readonly rows: number;
	readonly seed: number;
	/** Events lie in these days (UTC), both included. */
	readonly from: string;
	readonly to: string;
	readonly order: 'by time' | 'none';
	/** Rows that are not events, one in so many; 0 for none. */
	readonly badEvery?: number;
	/** Columns of one's own by their headers, each with the cells that it may have. */
	readonly own?: Readonly<Record<string, readonly string[]>>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The header of an invented file, its names written as loosely as names may be. */
export const INVENTED_HEADER =
	'Timestamp,EVENT,pin-id,User ID,content type,source,device, account ,format,count,watch_seconds,view-percent,Played Percent,pin_title,board,link,image_url,Created-At';

/** The rows of an invented file, without line ends; the same for the same options. */
export function inventRows(options: InventedOptions): string[] {
	const { seed, rows, badEvery = 0, own = {} } = options;
	const random = seededRandom(seed, 17);
	const ownRandom = seededRandom(seed, 18);
	const fromMs = Date.parse(`${options.from}T00:00Z`);
	const toMs = Date.parse(`${options.to}T00:00Z`) + DAY;
	const times = Array.from({ length: rows }, () => inventTime(random, fromMs, toMs));
	if (options.order === 'by time') times.sort((a, b) => a - b);
	return times.map((timeMs, row) => {
		const cells = inventCells(random, timeMs);
		if (badEvery > 0 && row % badEvery === badEvery - 1) {
			const [column, text] = BAD_CELLS[Math.floor(row / badEvery) % BAD_CELLS.length]!;
			cells[column] = text;
		}
		const ownCells = Object.values(own).map((values) => pick(ownRandom, values));
		return [...Object.values(cells), ...ownCells].map(writeCell).join(',');
	});
}

/** The bytes of an invented file. */
export function inventFile(options: InventedOptions): Uint8Array {
	const header = [INVENTED_HEADER, ...Object.keys(options.own ?? {})].join(',');
	return utf8(`${header}\n${inventRows(options).join('\n')}\n`);
}

function inventTime(random: Random, fromMs: number, toMs: number): number {
	const anywhere = fromMs + Math.floor(random() * (toMs - fromMs));
	const chance = random();
	if (chance < 0.25) {
		// seconds around a turning point, and often its very instant
		const inside = TURNING_POINTS.filter((ms) => ms >= fromMs && ms < toMs);
		if (inside.length === 0) return anywhere;
		const off = random() < 0.3 ? pick(random, [-1, 0, 0, 1]) : Math.floor((random() - 0.5) * 4 * HOUR);
		return clamp(pick(random, inside) + off, fromMs, toMs - 1);
	}
	if (chance < 0.4) {
		// a midnight of one of the zones
		const midnight = Math.floor(anywhere / DAY) * DAY - pick(random, [0, HOUR, 2 * HOUR, 5.5 * HOUR]);
		return clamp(midnight + pick(random, [-1, 0, 0, 1, 999]), fromMs, toMs - 1);
	}
	// whole minutes make ties in time
	return chance < 0.7 ? Math.floor(anywhere / MINUTE) * MINUTE : anywhere;
}

function clamp(value: number, least: number, most: number): number {
	return Math.min(Math.max(value, least), most);
}

function inventCells(random: Random, timeMs: number): Cells {
	const pin =
		random() < 0.2
			? pick(random, ODD_PINS)
			: `9${String(Math.floor(random() * random() * 250)).padStart(17, '0')}`;
	const event = pick(random, EVENT_SPELLINGS);
	const isPlay = /video/i.test(event); // the largest count times an hour would go beyond 2^53
	const user =
		random() < 0.15
			? pick(random, ['', ' ', '=u', '\u{1F600}'])
			: `u${Math.floor(random() * random() * 3_000)}`;
	return {
		timestamp: writeTime(random, timeMs),
		event,
		pin_id: random() < 0.05 ? ` ${pin}\t` : pin,
		user_id: random() < 0.05 ? ` ${user} ` : user,
		content_type: pick(random, CONTENT_TYPES),
		source: pick(random, SOURCES),
		device: pick(random, DEVICES),
		account: random() < 0.1 ? '' : pick(random, INVENTED_ACCOUNTS),
		format: pick(random, FORMATS),
		count:
			random() < 0.9
				? pick(random, ['', '1', ' 1 '])
				: pick(random, [
						'2',
						'3',
						'7',
						'250',
						'70000',
						'2.0',
						random() < 0.05 && !isPlay ? '4294967295' : '9'
					]),
		// values on other events than plays are checked and then of no account
		watch_seconds: pick(random, WATCH),
		view_percent: pick(random, PERCENTS),
		played_percent: pick(random, PERCENTS),
		pin_title: random() < 0.6 ? '' : pick(random, TITLES),
		board: random() < 0.6 ? '' : pick(random, BOARDS),
		link: random() < 0.7 ? '' : `https://example.com/${Math.floor(random() * 50)}?a=1&b="2"`,
		image_url: random() < 0.8 ? '' : `https://img.example/${Math.floor(random() * 9)}.jpg`,
		created_at:
			random() < 0.8 ? pick(random, ['', '', ' ']) : writeTime(random, inventCreated(random, timeMs))
	};
}

/** An instant before that of an event, or shortly after; few, so that many are equal. */
function inventCreated(random: Random, timeMs: number): number {
	return Math.floor(timeMs / (20 * DAY)) * 20 * DAY + Math.floor(random() * 3) * 1_234_567;
}

/** The instant in one of the forms that event files have. */
function writeTime(random: Random, timeMs: number): string {
	const iso = new Date(timeMs).toISOString();
	const isWholeMinute = timeMs % MINUTE === 0;
	switch (Math.floor(random() * 10)) {
		case 0:
			return String(timeMs);
		case 1:
			return timeMs % 1000 === 0 ? String(timeMs / 1000) : iso.replace('Z', '');
		case 2:
			return isWholeMinute ? iso.slice(0, 16).replace('T', ' ') : iso.replace('T', ' ');
		case 3:
			return timeMs % DAY === 0 ? iso.slice(0, 10) : `${iso.slice(0, 23)}999999Z`;
		case 4: {
			const offset = pick(random, [60, 120, 330, -300, 14 * 60, -12 * 60, 0]);
			const shifted = new Date(timeMs + offset * MINUTE).toISOString().slice(0, 23);
			const size = Math.abs(offset);
			const [hours, minutes] = [Math.floor(size / 60), size % 60].map((n) => String(n).padStart(2, '0'));
			return `${shifted}${offset < 0 ? '-' : '+'}${hours}${pick(random, [':', ''])}${minutes}`;
		}
		case 5:
			return ` ${iso.toLowerCase()} `;
		case 6:
			return `${timeMs}${pick(random, ['000', '999', '000000', '123456'])}`;
		case 7:
			return `${iso.slice(0, 23).replace('T', ' ')}${pick(random, [' UTC', ' gmt', ' +0000', 'Z[Etc/UTC]'])}`;
		default:
			return iso;
	}
}

/** A cell of a file that nobody guards: quoted where RFC 4180 wants it, and now and then where not. */
function writeCell(text: string, column: number): string {
	const wantsQuotes = /[",\r\n]/.test(text);
	return wantsQuotes || (column === 1 && text.length % 5 === 0) ? `"${text.replaceAll('"', '""')}"` : text;
}
