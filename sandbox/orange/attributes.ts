/** The attributes of Orange's resources that filters, sorting, search and counters know, and how their values compare. */
import { isCalendarDay } from '../data/calendar';
import { type ExactJson, ExactNumber } from '../json/exactJson';

import type { WireRecord } from './wire';

/** How values of an attribute are read and ordered; a period has no order of its own, its two days have. */
export type AttributeKind = 'text' | 'decimal' | 'day' | 'instant' | 'period';

export type Attributes = Readonly<Record<string, AttributeKind>>;

/** A value in a form that `<` and `===` understand: text, a decimal as a count of billionths, a day, an instant in milliseconds. */
export type Key = string | number | bigint;

const CUSTOMER = { 'customer.id': 'text', 'customer.name': 'text', 'customer.segment': 'text' } as const;
const RECORD = { createdAt: 'instant', updatedAt: 'instant' } as const;

/** `priority` is in the guide's counter example, and on no bill. */
export const BILL_ATTRIBUTES: Attributes = {
	id: 'text',
	number: 'text',
	type: 'text',
	...CUSTOMER,
	'billingAccount.id': 'text',
	'billingAccount.name': 'text',
	sendingFormat: 'text',
	priority: 'text',
	'currency.id': 'text',
	issuedAt: 'instant',
	period: 'period',
	'period.startDate': 'day',
	'period.endDate': 'day',
	dueDate: 'day',
	taxExcludedAmount: 'decimal',
	taxAmount: 'decimal',
	taxIncludedAmount: 'decimal',
	...RECORD,
};

export const ITEM_ATTRIBUTES: Attributes = {
	id: 'text',
	'bill.id': 'text',
	description: 'text',
	'product.id': 'text',
	'product.name': 'text',
	frequency: 'text',
	periodFrom: 'day',
	periodTo: 'day',
	quantity: 'decimal',
	unitPrice: 'decimal',
	taxExcludedAmount: 'decimal',
	taxRate: 'decimal',
	taxAmount: 'decimal',
	taxIncludedAmount: 'decimal',
	'currency.id': 'text',
	'site.id': 'text',
	'site.name': 'text',
	'site.city': 'text',
	'site.country': 'text',
	installedOfferId: 'text',
	serialNumber: 'text',
};

export const ACCOUNT_ATTRIBUTES: Attributes = {
	id: 'text',
	number: 'text',
	name: 'text',
	'currency.id': 'text',
	...CUSTOMER,
	...RECORD,
};

/** The kind of an attribute, undefined where the resource has none of that name. */
export function kindOf(attributes: Attributes, name: string): AttributeKind | undefined {
	return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

const DECIMAL_DIGITS = 9;
const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d{1,9}))?$/;

/** The key of a value as it is written in a record, a query or a search; undefined where the kind has no such value. */
export function keyOf(kind: AttributeKind, text: string): Key | undefined {
	switch (kind) {
		case 'text':
			return text;
		case 'decimal':
			return decimalKey(text);
		case 'day':
			return isCalendarDay(text) ? text : undefined;
		case 'instant':
			return instantKey(text);
		case 'period':
			return undefined;
	}
}

function decimalKey(text: string): bigint | undefined {
	const match = DECIMAL.exec(text);
	if (match === null) return undefined;
	const [, sign = '', whole = '', fraction = ''] = match;
	return BigInt(`${sign}${whole}${fraction.padEnd(DECIMAL_DIGITS, '0')}`);
}

function instantKey(text: string): number | undefined {
	if (isCalendarDay(text)) return Date.parse(text);
	const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text)
		? Date.parse(text)
		: NaN;
	return Number.isNaN(instant) ? undefined : instant;
}

/** The text at a dotted path of a record, undefined where it has none. */
export function textAt(record: WireRecord, path: string): string | undefined {
	let value: ExactJson = record;
	for (const name of path.split('.')) value = isRecord(value) ? value[name] : undefined;
	if (value instanceof ExactNumber) return value.text;
	return value === null || typeof value === 'object' || value === undefined ? undefined : String(value);
}

function isRecord(value: ExactJson): value is WireRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** Orders two keys of one kind; a missing one comes first. */
export function compareKeys(left: Key | undefined, right: Key | undefined): number {
	if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
	if (left === right) return 0;
	return left < right ? -1 : 1;
}
