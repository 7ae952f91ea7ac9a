/** What the cells of invented files are drawn from. */

/** The cells of a row, in the order of the columns. */
export interface Cells {
	timestamp: string;
	event: string;
	pin_id: string;
	user_id: string;
	content_type: string;
	source: string;
	device: string;
	account: string;
	format: string;
	count: string;
	watch_seconds: string;
	view_percent: string;
	played_percent: string;
	pin_title: string;
	board: string;
	link: string;
	image_url: string;
	created_at: string;
}

/** Instants (UTC) at which a clock of the zones under test changes, or shows midnight on a day on which it changes. */
export const TURNING_POINTS = [
	'2024-03-30T23:00Z', // midnight in Stockholm before the short day
	'2024-03-31T01:00Z', // clocks go forward
	'2024-03-31T22:00Z', // midnight after it
	'2024-10-26T22:00Z', // midnight before the long day
	'2024-10-27T00:00Z',
	'2024-10-27T01:00Z', // clocks go back
	'2024-10-27T23:00Z', // midnight after it
	'2024-03-31T18:30Z', // midnight in Kolkata
	'2024-10-26T18:30Z'
].map((text) => Date.parse(text));

/** Ids that must survive: past 2^53, telling code points from UTF-16 units, formulas, quotes, other scripts. */
export const ODD_PINS = [
	'912345678901234567',
	'912345678901234568',
	'000912345678901234567',
	'\u{1F4CC}',
	'\u{1F4CC}2',
	'\uFF5E',
	'\uFFFD',
	'é',
	'e\u0301',
	'Z',
	'a',
	'=1+1',
	'-12.5',
	'+pin',
	'@pin',
	"'quoted'",
	"'=1",
	'a,b',
	'a"b',
	'a b',
	'שלום',
	'<b>bold</b>'
];

/** Accounts, some of which differ by little. */
export const INVENTED_ACCOUNTS = [
	'unknown',
	'example.com',
	'Example.com',
	'shop.example',
	'açaí.example',
	'a,b',
	'=cmd',
	'\u{1F3E0}',
	'\uFF21',
	...Array.from({ length: 14 }, (_, i) => `channel-${i}`)
];

/** Boards: other scripts, formulas, none. */
export const BOARDS = [
	'',
	'Kitchen',
	'kitchen',
	'Garden, small',
	'"Quoted"',
	'=SUM(A1)',
	'\u{1F333}',
	'\uFF5E',
	'Ö',
	'-5'
];
/** Titles that a file or a page could trip over. */
export const TITLES = [
	'',
	'Plain title',
	'=HYPERLINK("https://example.com")',
	"'=already guarded",
	'@mention',
	'two\nlines',
	'two\r\nlines',
	'\tindented',
	'"quoted", with comma',
	'\u{1F4CC} pinned \u202Eesrever\u202C',
	'<script>alert(1)</script>',
	' spaces around '
];

/** Events as loosely written as they may be, the common ones more often. */
export const EVENT_SPELLINGS = [
	...Array.from({ length: 12 }, () => 'impression'),
	'Impression',
	' IMPRESSION ',
	'closeup',
	'Close-Up',
	'pin_click',
	'Pin Click',
	'PINCLICK',
	'save',
	'repin',
	'Re-pin',
	'link_click',
	'outbound click',
	'Outbound-Click',
	'link click',
	'carousel_swipe',
	'CarouselSwipe',
	...Array.from({ length: 6 }, () => 'video_play'),
	'Video Play'
];
/** Content types as loosely written as they may be. */
export const CONTENT_TYPES = ['organic', 'organic', 'Organic', '', 'paid', ' PAID '];
/** The same for sources. */
export const SOURCES = ['own', 'own', '', 'other', 'Other '];
/** The same for devices. */
export const DEVICES = ['mobile', 'Mobile', 'tablet', 'desktop', ' desktop', 'unknown', ''];
/** The same for formats. */
export const FORMATS = ['standard', '', 'video', 'VIDEO', 'carousel', 'idea', ' product', 'collections'];
/** Seconds of watching, around what rounds to a whole play and in every form of number. */
export const WATCH = [
	'',
	'0',
	'1.9994',
	'1.9995',
	'1.9996',
	'2',
	'2.0',
	' 2 ',
	'9.9994999',
	'9.9995',
	'10',
	'1e1',
	'.5',
	'5.',
	'+3.25',
	'1.0005',
	'1.00049999999',
	'120.25',
	'3600'
];
/** Percentages around the limits in the definitions of metrics. */
export const PERCENTS = [
	'',
	'0',
	'49.994',
	'49.995',
	'50',
	'5e1',
	'94.9949',
	'94.995',
	'95',
	'99.99',
	'100',
	'100.0',
	' 75.5'
];

/** What makes a row no event: a column and what is written there. */
export const BAD_CELLS: readonly (readonly [keyof Cells, string])[] = [
	['timestamp', ''],
	['timestamp', 'yesterday'],
	['timestamp', '2024-02-30'],
	['timestamp', '2024-06-01T24:00:00Z'],
	['timestamp', '1989-12-31T23:59:59Z'],
	['timestamp', '2100-01-01'],
	['event', ''],
	['event', 'hover'],
	['pin_id', '  '],
	['content_type', 'sponsored'],
	['source', 'mine'],
	['device', 'phone'],
	['format', 'story'],
	['count', '0'],
	['count', '-1'],
	['count', '1.5'],
	['count', '4294967296'],
	['count', 'many'],
	['watch_seconds', '-0.001'],
	['watch_seconds', '1,5'],
	['view_percent', '100.004'],
	['played_percent', '101'],
	['played_percent', 'NaN'],
	['created_at', 'last year'],
	['created_at', '2024-02-30T10:00Z'],
	['created_at', '1989-12-31'],
	['timestamp', '2024-06-01T23:59:60 UTC'],
	['timestamp', '4102444800000000']
];
