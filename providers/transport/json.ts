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

/**
 * Parses JSON; numbers of more than 15 significant digits come out as their text.
 * @throws BillingError PROTOCOL when the text is not JSON.
 */
export function parseJson(text: string): JsonValue {
	const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
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

/** A double ends at 309 digits. */
const LONGEST_NUMBER = 400;

function numberOrText(text: string): number | string {
	if (text.length > LONGEST_NUMBER) return text;
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
