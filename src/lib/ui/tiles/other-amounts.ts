import { m } from '$lib/i18n/generated/messages.js';
import type { Total } from '$lib/model/answer';
import type { MetricId } from '$lib/model/metric';
import { formatMetric, formatNames } from '$lib/view/format';

/** Amounts of a metric in other currencies, in words; '' where there are none. */
export function otherAmounts(locale: string, metric: MetricId, others: Total['others']): string {
	return formatNames(
		locale,
		others.map(({ currency, value }) => amountText(locale, metric, value, currency))
	);
}

function amountText(locale: string, metric: MetricId, value: number, currency: string): string {
	const text = formatMetric(locale, metric, value, currency);
	if (currency === '') return m.amount_in({ amount: text, currency: m.unknown_currency() });
	// A ratio of money has no currency of its own, but is of one.
	const isSaid = text !== formatMetric(locale, metric, value);
	return isSaid ? text : m.amount_in({ amount: text, currency });
}
