/** JSON text to values, without losing a digit of an amount and without trusting member names. */
import { protocolError } from './errors';
import type { JsonValue } from '../model/json';

/**
 * Sixteen or more digits in a row (a point among them or not), or an exponent, at the start or after a member's colon, a
 * comma or a bracket: the text may hold a number that a double cannot. False alarms only cost time.
 */
const LONG_NUMBER = /(?:^|[:,[])\s*-?(?:\d[\d.]{15}|\d+(?:\.\d+)?[eE])/;
/** A string, so that what looks like a number inside it is left alone; or a number that is a value, in JSON's own form. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\s*:)/g;
const SIGNIFICANT_DIGITS = 15;

/**
 * Parses JSON; numbers of more than 15 significant digits come out as their text.
 *
 * They are put in quotes, and the engine's own parser does the rest: a parser written in JavaScript takes several times
 * as long. What was no JSON stays none: a quoted number stands only where a value may.
 * @throws BillingError PROTOCOL when the text is not JSON.
 */
export function parseJson(text: string): JsonValue {
	const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
	try {
		const exact = LONG_NUMBER.test(clean) ? clean.replace(STRING_OR_NUMBER, asWritten) : clean;
		return JSON.parse(exact) as JsonValue;
	} catch {
		// The parser's own words would quote the answer.
		const isPage = clean.trimStart().startsWith('<');
		throw protocolError(isPage ? 'The answer is a web page, not JSON' : 'The answer is not complete, valid JSON');
	}
}

function asWritten(token: string): string {
	return token.startsWith('"') || isRepresentable(token) ? token : `"${token}"`;
}

/** Whether the number survives the trip through a double. */
function isRepresentable(text: string): boolean {
	if (text.length <= SIGNIFICANT_DIGITS && !/[eE]/.test(text)) return true;
	const mantissa = text
		.replace(/[eE].*$/, '')
		.replace(/[-.]/g, '')
		.replace(/^0+/, '');
	const exponent = /[eE]([+-]?\d+)$/.exec(text)?.[1];
	return (
		mantissa.replace(/0+$/, '').length <= SIGNIFICANT_DIGITS &&
		(exponent === undefined || Math.abs(Number(exponent)) < 250)
	);
}
