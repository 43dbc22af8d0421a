/** Lumen's errors, in four shapes of body and one status for three things, told in a bookkeeper's words. */
import type { Refusal, RefusalReader } from '../transport/client';
import { readErrorBody } from '../transport/errorBody';
import { BillingError } from '../transport/errors';

/** The legacy gateway's id of the request; Lumen's support asks for it. */
export const REQUEST_ID_HEADER = 'trackingid';

const NO_DATA = /no data found/i;
const NOT_AUTHORIZED = /not authorized for billing ?account/i;
const BAD_CURRENCY = /invalid (?:invoice)?currency ?code/i;
const BAD_LIMIT = /max allowed value for limit/i;
const BAD_DATE = /date must be in/i;

const LONGEST_WORDS = 300;

/** Lumen's way to say "an empty list". */
export function isNoData(error: unknown): boolean {
	return error instanceof BillingError && error.status === 404 && isNoDataText(error.message);
}

export function isNoDataText(text: string): boolean {
	return NO_DATA.test(text);
}

export const readRefusal: RefusalReader = (response, text) => {
	if (response.status < 400) return null;
	const { code, words } = saidIn(text ?? '');
	return {
		...(words === undefined ? {} : { message: `Lumen says: ${words}` }),
		code,
		...readingOf(response.status, words ?? ''),
	};
};

function readingOf(status: number, words: string): Refusal {
	// Lumen hides what is not yours behind a 404; only its words tell the three meanings apart.
	if ((status === 404 || status === 403) && NOT_AUTHORIZED.test(words)) {
		return {
			kind: 'FORBIDDEN',
			hint: 'Ask your Lumen account team to open this billing account to your application, or take it out of the connection.',
		};
	}
	switch (status) {
		case 400:
			if (BAD_LIMIT.test(words)) return { parameter: 'limit', hint: 'Ask for 1000 rows at most at a time.' };
			if (BAD_DATE.test(words)) {
				return { parameter: 'startBillDate', hint: 'Write startBillDate and endBillDate as YYYY-MM-DD.' };
			}
			return {};
		case 401:
			return {
				hint: 'Check the consumer key and secret, and that they belong to this host: Lumen gives one pair for the sandbox and one for production.',
			};
		case 404:
			return NO_DATA.test(words)
				? { hint: 'Check the bill id, the billing account number and the dates.' }
				: { hint: 'Check the base URL, the API version and the id.' };
		case 500:
			return BAD_CURRENCY.test(words)
				? {
						retryable: false,
						hint: 'A record at Lumen holds a currency code that Lumen itself refuses. Tell its support the request id; other dates may still work.',
					}
				: {};
		default:
			return {};
	}
}

/** The provider's code and words, from whichever shape of body, or the plain text itself. */
function saidIn(text: string): { readonly code?: string | undefined; readonly words?: string | undefined } {
	const body = readErrorBody(text);
	return { code: body?.code ?? undefined, words: inOneLine(body === null ? text : (body.message ?? body.code ?? '')) };
}

/** Of bounded length; a web page, or JSON of no known shape, says nothing. */
function inOneLine(text: string): string | undefined {
	const line = text.replace(/\s+/g, ' ').trim();
	return /^(?:$|[<{[])/.test(line) ? undefined : line.slice(0, LONGEST_WORDS);
}
