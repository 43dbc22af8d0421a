/** Reads the members of a provider's record whatever they hold: what cannot be read becomes null, and is noticed. */
import { type CalendarDate, type Instant, toCalendarDate, toInstant } from './dates';
import { type Decimal, toDecimal } from './decimal';
import { type JsonObject, type JsonValue, arrayOf, isJsonObject, textOf } from './json';
import { type CurrencyCode, type Money, toCurrency } from './money';
import { type Period, toPeriod } from './period';

const MONEY_VALUES = ['value', 'amount'] as const;
const MONEY_UNITS = ['unit', 'units', 'currency.id', 'currency.code', 'currency', 'currencyCode'] as const;
const SHOWN_LENGTH = 60;

const DECIMAL_FORM = 'a decimal';
const CURRENCY_FORM = 'an ISO 4217 currency code';

export interface ReaderOptions {
	/** Members of the record that hold the currency of amounts without one of their own. */
	readonly currencyMembers?: readonly string[] | undefined;
}

/**
 * Where a method takes several names, the first that has a value is read: the same thing under its other spellings.
 * A dotted name reads a member of a nested record.
 * A missing member, null and empty text are the same: absent, and not worth a notice.
 */
export class RecordReader {
	private constructor(
		readonly record: JsonObject,
		private readonly path: string,
		/** Filled while members are read; shared with the readers of nested records. */
		readonly notices: string[],
		private readonly currency: CurrencyCode | null,
	) {}

	static of(record: JsonObject, { currencyMembers = [] }: ReaderOptions = {}): RecordReader {
		const reader = new RecordReader(record, '', [], null);
		const currency = currencyMembers.length === 0 ? null : reader.read(currencyMembers, toCurrency, CURRENCY_FORM);
		return currency === null ? reader : new RecordReader(record, '', reader.notices, currency);
	}

	text(...names: readonly string[]): string | null {
		return this.read(names, textOf, 'text');
	}

	decimal(...names: readonly string[]): Decimal | null {
		return this.read(names, toDecimal, DECIMAL_FORM);
	}

	flag(...names: readonly string[]): boolean | null {
		return this.read(names, toFlag, 'true or false');
	}

	date(...names: readonly string[]): CalendarDate | null {
		return this.read(names, toCalendarDate, 'a date');
	}

	/** A date-time with its offset; a bare date is a day, not an instant. */
	instant(...names: readonly string[]): Instant | null {
		return this.read(names, toInstant, 'a date-time with its offset');
	}

	/** TMF678 `TimePeriod`. Null for a period of which neither end can be read. */
	period(endCounts: boolean | null, ...names: readonly string[]): Period | null {
		return this.child(...names).span(['startDateTime'], ['endDateTime'], endCounts);
	}

	/** A period whose ends are members of this record. Null where neither can be read. */
	span(startNames: readonly string[], endNames: readonly string[], endCounts: boolean | null): Period | null {
		const [start, end] = [this.find(startNames), this.find(endNames)];
		const period = toPeriod(start?.value, end?.value, endCounts);
		if (start !== null && !period?.start) this.notice(this.pathOf(start.name), start.value, 'a date');
		if (end !== null && !period?.end) this.notice(this.pathOf(end.name), end.value, 'a date');
		return period;
	}

	/** `{unit, value}`, or a bare number or numeric text. */
	money(...names: readonly string[]): Money | null {
		const found = this.find(names);
		if (found === null) return null;
		if (!isJsonObject(found.value)) {
			const amount = this.decimal(found.name);
			return amount === null ? null : { amount, currency: this.currency };
		}
		const reader = new RecordReader(found.value, this.pathOf(found.name), this.notices, null);
		const amount = reader.read(MONEY_VALUES, toDecimal, DECIMAL_FORM);
		const currency = reader.read(MONEY_UNITS, toCurrency, CURRENCY_FORM) ?? this.currency;
		return amount === null ? null : { amount, currency };
	}

	/** A nested record; an empty one where there is none. */
	child(...names: readonly string[]): RecordReader {
		const found = this.find(names);
		if (found === null) return new RecordReader({}, this.pathOf(''), this.notices, this.currency);
		const path = this.pathOf(found.name);
		if (isJsonObject(found.value)) return new RecordReader(found.value, path, this.notices, this.currency);
		this.notice(path, found.value, 'an object');
		return new RecordReader({}, path, this.notices, this.currency);
	}

	/** Nested records; one alone counts as a list of one. Null where the record has no list. */
	list(...names: readonly string[]): readonly RecordReader[] | null {
		const found = this.find(names);
		if (found === null) return null;
		const items = arrayOf(found.value) ?? [found.value];
		return items.flatMap((item, index) => {
			const path = `${this.pathOf(found.name)}[${index}]`;
			if (isJsonObject(item)) return [new RecordReader(item, path, this.notices, this.currency)];
			this.notice(path, item, 'an object');
			return [];
		});
	}

	/** Adds a notice about the record. */
	say(notice: string): void {
		this.notices.push(this.path === '' ? notice : `${this.path}: ${notice}`);
	}

	private find(names: readonly string[]): { readonly name: string; readonly value: JsonValue } | null {
		for (const name of names) {
			const value = memberAt(this.record, name);
			if (value !== undefined && value !== null && value !== '') return { name, value };
		}
		return null;
	}

	private read<T>(names: readonly string[], parse: (value: JsonValue) => T | null, form: string): T | null {
		const found = this.find(names);
		if (found === null) return null;
		const value = parse(found.value);
		if (value === null) this.notice(this.pathOf(found.name), found.value, form);
		return value;
	}

	private pathOf(name: string): string {
		return this.path === '' ? name : `${this.path}.${name}`;
	}

	private notice(path: string, value: JsonValue, form: string): void {
		const shown = JSON.stringify(value);
		const short = shown.length > SHOWN_LENGTH ? `${shown.slice(0, SHOWN_LENGTH)}...` : shown;
		this.notices.push(`${path} ${short} is not ${form}`);
	}
}

/** The member of that very name, else the nested one that the dots lead to. */
function memberAt(record: JsonObject, name: string): JsonValue | undefined {
	if (Object.hasOwn(record, name)) return record[name];
	// Most of the names that are tried are absent and have no dots: splitting each took a tenth of mapping's time.
	if (!name.includes('.')) return undefined;
	let value: JsonValue | undefined = record;
	for (const step of name.split('.')) {
		value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
	}
	return value;
}

function toFlag(value: JsonValue): boolean | null {
	if (value === true || value === 'true') return true;
	return value === false || value === 'false' ? false : null;
}
