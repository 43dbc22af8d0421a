/** Filters in the query string: `type=invoice`, `customer.name=ACME%20Corp`, and the words for dates, as in `issuedAt=last30days`. */
import { addDays, isCalendarDay } from '../data/calendar';

import { keyOf, textAt, type AttributeKind, type Attributes, kindOf } from './attributes';
import { GatewayError } from './gatewayError';
import type { Condition } from './searchLanguage';

/** Days from and to, both counting; a side without a day is open. */
interface DayRange {
	readonly from?: string;
	readonly to?: string;
}

/** The condition of all parameters that are not among `reserved`; undefined without any. Throws 400, code 28, for an unknown attribute or a wrong value. */
export function queryCondition(
	query: URLSearchParams,
	attributes: Attributes,
	reserved: readonly string[],
	today: string,
): Condition | undefined {
	const parts = [...query]
		.filter(([name]) => !reserved.includes(name))
		.map(([name, value]) => parameterCondition(name, value, attributes, today));
	return parts.length === 0 ? undefined : (record) => parts.every((part) => part(record));
}

function parameterCondition(name: string, value: string, attributes: Attributes, today: string): Condition {
	const kind = kindOf(attributes, name);
	if (kind === undefined) throw new GatewayError(28, `Unknown attribute ${name}.`);
	const days = kind === 'text' || kind === 'decimal' ? undefined : dayRange(value, today);
	if (days !== undefined) return rangeCondition(name, kind, days);
	const wanted = keyOf(kind, value);
	if (wanted === undefined) throw new GatewayError(28, `${value} is no value of ${name}.`);
	return (record) => {
		const text = textAt(record, name);
		return text !== undefined && keyOf(kind, text) === wanted;
	};
}

/** A period is in a range when both its days are; an instant when its UTC day is. */
function rangeCondition(name: string, kind: AttributeKind, days: DayRange): Condition {
	const [start, end] = kind === 'period' ? [`${name}.startDate`, `${name}.endDate`] : [name, name];
	return (record) => {
		const first = textAt(record, start)?.slice(0, 10);
		const last = textAt(record, end)?.slice(0, 10);
		if (first === undefined || last === undefined) return false;
		return (days.from === undefined || first >= days.from) && (days.to === undefined || last <= days.to);
	};
}

/** The days that a date word stands for, or a day itself; undefined for a text that is neither. */
function dayRange(text: string, today: string): DayRange | undefined {
	const last = /^last(\d{1,5})days$/.exec(text);
	if (last !== null) return { from: addDays(today, -Number(last[1])), to: today };
	const [, word = '', day = ''] = /^(atOrAfter|after|atOrBefore|before|)(\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
	if (isCalendarDay(day)) return rangeOfWord(word, day);
	const [from = '', to = '', ...rest] = text.split('/');
	return isCalendarDay(from) && isCalendarDay(to) && rest.length === 0 ? { from, to } : undefined;
}

function rangeOfWord(word: string, day: string): DayRange {
	switch (word) {
		case 'atOrAfter':
			return { from: day };
		case 'after':
			return { from: addDays(day, 1) };
		case 'atOrBefore':
			return { to: day };
		case 'before':
			return { to: addDays(day, -1) };
		default:
			return { from: day, to: day };
	}
}
