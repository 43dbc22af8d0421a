/** Scalars that must not change what a provider gave: exact decimals, instants as written, any currency code. */
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLLocalDate } from 'graphql-scalars';

import { type Instant, toInstant } from '../../providers/model/dates';
import { type Decimal, toDecimal } from '../../providers/model/decimal';
import { type CurrencyCode, toCurrency } from '../../providers/model/money';

const WRITTEN_DECIMAL = /^-?\d{1,30}(?:\.\d{1,30})?$/;

export const decimalScalar = textScalar<Decimal>({
	name: 'Decimal',
	description: 'An exact decimal as text, for instance "-1234.5": never a floating point number, never rounded.',
	specifiedByURL: 'https://www.w3.org/TR/xmlschema-2/#decimal',
	form: 'an exact decimal in quotes, for instance "1234.56"',
	read: (text) => (WRITTEN_DECIMAL.test(text) ? toDecimal(text) : null),
});

/** graphql-scalars' own, which checks what clients write; the model's dates were checked when they were read. */
export const localDateScalar = new GraphQLScalarType<string, string>({
	...GraphQLLocalDate.toConfig(),
	serialize: (value) => value as string,
});

/** graphql-scalars' own shifts an instant to UTC and cuts it to milliseconds; this one leaves it as written. */
export const instantScalar = textScalar<Instant>({
	name: 'DateTimeISO',
	description: 'An instant as the provider wrote it: an RFC 3339 date-time with its offset.',
	specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
	form: 'a date-time with its offset, for instance "2026-01-31T00:00:00Z"',
	read: toInstant,
});

/** graphql-scalars' own refuses codes that its list does not know, and with them the answer. */
export const currencyScalar = textScalar<CurrencyCode>({
	name: 'Currency',
	description: 'An ISO 4217 alphabetic code in upper case, for instance EUR.',
	specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
	form: 'an ISO 4217 code, for instance "EUR"',
	read: toCurrency,
});

interface TextScalar<T extends string> {
	readonly name: string;
	readonly description: string;
	readonly specifiedByURL: string;
	/** What is expected, in words. */
	readonly form: string;
	/** Null for text of another form. */
	readonly read: (text: string) => T | null;
}

/** A scalar that is text on both sides; never a JavaScript number. */
function textScalar<T extends string>({ form, read, ...type }: TextScalar<T>): GraphQLScalarType<T, T> {
	const parse = (value: unknown): T => {
		const parsed = typeof value === 'string' ? read(value) : null;
		if (parsed === null) throw new GraphQLError(`${type.name} must be ${form}`);
		return parsed;
	};
	return new GraphQLScalarType<T, T>({
		...type,
		// From the model, which holds nothing else.
		serialize: (value) => value as T,
		parseValue: parse,
		parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
	});
}
