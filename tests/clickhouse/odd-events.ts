import { utf8 } from '../support/memory-workspace';

/** Events whose every text is one that SQL put together from texts would take for SQL. */

export const ODD_TEXTS: readonly string[] = [
	`'`,
	`''`,
	`"`,
	'`',
	'\\',
	`\\'`,
	`\\\\'`,
	`'; DROP TABLE tackboard.events; --`,
	`') OR 1 = 1 --`,
	`' UNION ALL SELECT password FROM system.users --`,
	`{v:String}`,
	`$1 ? :v @v %s`,
	`a\tb`,
	`a\\tb`,
	`a\\nb`,
	`\\N`,
	`NULL`,
	`/* */`,
	`FORMAT TabSeparated`,
	`a&query=DROP`,
	`\u{1F4CC}'`,
	`<script>`
];

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** A file with an event for each of them on each of three days, as Pin, person, account, title and board. */
export function oddEvents(): Uint8Array {
	const rows = ['timestamp,event,pin_id,user_id,account,count,pin_title,board,link'];
	for (const day of ['2024-03-30', '2024-03-31', '2024-04-01'])
		ODD_TEXTS.forEach((text, i) => {
			const cells = [text, text, text].map(quoted).join(',');
			rows.push(
				`${day}T12:00:${String(i).padStart(2, '0')}Z,impression,${cells},${i + 1},${quoted(text)},${quoted(text)},`
			);
		});
	return utf8(`${rows.join('\n')}\n`);
}
