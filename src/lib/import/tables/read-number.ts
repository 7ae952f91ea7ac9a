import type { Decimal } from '../../model/mapping';
import type { RejectReason } from '../../model/problem';
import { withoutSurroundings } from '../cells/surroundings';
import { cellText, type Cell } from './table';

const SPACES = '\u0020\u00a0\u2007\u2009\u202f';
const MONEY_SIGN =
	/^(?:[$€£¥]|(?:USD|EUR|GBP|SEK|NOK|DKK|CAD|AUD|CHF|kr)\b)\s*|\s*(?:[$€£¥]|\b(?:USD|EUR|GBP|SEK|NOK|DKK|CAD|AUD|CHF|kr))$/i;

/** The number in a cell as digits with a decimal dot, and whether it has a percent sign; or why there is none. */
export function readNumber(
	cell: Cell,
	decimal: Decimal
): { readonly digits: string; readonly isPercent: boolean } | { readonly reason: RejectReason } {
	if (typeof cell === 'boolean') return { reason: 'not_a_number' };
	if (typeof cell === 'number') {
		return Number.isFinite(cell) ? { digits: String(cell), isPercent: false } : { reason: 'not_a_number' };
	}
	let text = withoutSurroundings(cellText(cell)).replace(/^'/, '');
	if (/^\[.*\]$/.test(text)) text = withoutSurroundings(text.slice(1, -1));
	const isPercent = /%$/.test(text);
	if (isPercent) text = withoutSurroundings(text.slice(0, -1));
	text = text.replace(MONEY_SIGN, '');
	if (/^[+-]?[\d.,]+\s*[kmb]$/i.test(text)) return { reason: 'rounded' };
	const sign = /^[-−]/.test(text) ? '-' : '';
	const body = text.replace(/^[-−+]/, '');
	const group = decimal === ',' ? '.' : ',';
	const escaped = (sign: string) => (sign === '.' ? '\\.' : sign);
	const plain = new RegExp(`^(?:\\d+(?:${escaped(decimal)}\\d+)?|${escaped(decimal)}\\d+)$`);
	const grouped = new RegExp(
		`^\\d{1,3}(?:[${escaped(group)}'’${SPACES}]\\d{3})+(?:${escaped(decimal)}\\d+)?$`
	);
	if (plain.test(body)) return { digits: sign + body.replace(',', '.'), isPercent };
	if (grouped.test(body)) {
		const digits = body.replace(new RegExp(`[${escaped(group)}'’${SPACES}]`, 'g'), '').replace(',', '.');
		return { digits: sign + digits, isPercent };
	}
	if (/^\d+(?:\.\d+)?[eE][+-]?\d+$/.test(body)) return { digits: sign + body, isPercent };
	return { reason: 'not_a_number' };
}
