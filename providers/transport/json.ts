/** JSON text to values, without losing a digit of an amount and without trusting member names. */
import { parse as parseLossless } from 'lossless-json';

import { protocolError } from './errors';
import type { JsonValue } from '../model/json';

/**
 * Sixteen or more digits in a row (a point among them or not), or an exponent, at the start or after a member's colon, a
 * comma or a bracket: the text may hold a number that a double cannot. False alarms only cost time.
 */
const LONG_NUMBER = /(?:^|[:,[])\s*-?(?:\d[\d.]{15}|\d+(?:\.\d+)?[eE])/;
const SIGNIFICANT_DIGITS = 15;
/** Deeper than any record: what walks a value calls itself for every level, and must not run out of stack. */
const MOST_LEVELS = 100;

/**
 * Parses JSON; numbers of more than 15 significant digits come out as their text.
 * @throws BillingError PROTOCOL when the text is not JSON, or is nested deeper than any record
 */
export function parseJson(text: string): JsonValue {
	const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
	const value = parsed(clean);
	if (isDeeperThan(MOST_LEVELS, value))
		throw protocolError(`The answer is nested more than ${MOST_LEVELS} levels deep`);
	return value;
}

function parsed(clean: string): JsonValue {
	try {
		if (!LONG_NUMBER.test(clean)) return JSON.parse(clean) as JsonValue;
		return parseLossless(clean, undefined, {
			parseNumber: numberOrText,
			onDuplicateKey: ({ newValue }) => newValue,
		}) as JsonValue;
	} catch {
		// The parser's own words would quote the answer.
		const isPage = clean.trimStart().startsWith('<');
		throw protocolError(isPage ? 'The answer is a web page, not JSON' : 'The answer is not complete, valid JSON');
	}
}

function isDeeperThan(levels: number, value: JsonValue | undefined): boolean {
	if (typeof value !== 'object' || value === null) return false;
	if (levels === 0) return true;
	const children: readonly (JsonValue | undefined)[] = Array.isArray(value) ? value : Object.values(value);
	return children.some((child) => isDeeperThan(levels - 1, child));
}

function numberOrText(text: string): number | string {
	const mantissa = text
		.replace(/[eE].*$/, '')
		.replace(/[-.]/g, '')
		.replace(/^0+/, '');
	const exponent = /[eE]([+-]?\d+)$/.exec(text)?.[1];
	const representable =
		mantissa.replace(/0+$/, '').length <= SIGNIFICANT_DIGITS &&
		(exponent === undefined || Math.abs(Number(exponent)) < 250);
	return representable ? Number(text) : text;
}
