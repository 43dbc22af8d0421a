/**
 * floLIVE's failures: an `errorCode` in the envelope or in its `bulk` list, or an `errorMessage` with nothing beside it, on
 * any HTTP status, 200 included.
 */
import { type JsonObject, type JsonValue, arrayOf, isJsonObject, textOf } from '../model/json';
import type { Refusal, RefusalReader } from '../transport/client';
import { parseJson } from '../transport/json';
import { saysTokenSpent } from '../transport/spentToken';

/** Success is `""`, null or nothing at all; a look at the text spares parsing every good answer twice. */
const FAILURE_HINT = /"error(?:Code|Message)"\s*:(?!\s*(?:""|null))/;
const MESSAGE_LENGTH = 300;

/** From "Get Customer Invoice List" and "Get Customer Invoice Files". */
const BY_CODE: ReadonlyMap<string, Refusal> = new Map<string, Refusal>(
	Object.entries({
		GLOBAL_1001: { kind: 'UNAVAILABLE', hint: 'floLIVE is not available right now. Try again later.' },
		CUSTOMER_1002: {
			kind: 'NOT_FOUND',
			hint: 'Check the customer id in the connection: it is the number of your own customer or of one of its sub-customers.',
		},
		CUSTOMER_1006: {
			kind: 'UNAVAILABLE',
			hint: 'floLIVE could not read the customer. Try again later; if it stays, ask floLIVE support about this customer id.',
		},
		CUSTOMER_1040: {
			kind: 'NOT_FOUND',
			hint: 'Files are given for invoices of your own customer and of its direct sub-customers only. Check the invoice ids.',
		},
	}),
);

const NOT_ELIGIBLE = /\bnot (?:eligible|permitted|allowed|authori[sz]ed)\b|\bforbidden\b|\baccess denied\b/i;

export const readRefusal: RefusalReader = (_response, text) => {
	if (text === null || !FAILURE_HINT.test(text)) return null;
	const failure = failureIn(text);
	if (failure === null) return null;
	const code = errorCodeOf(failure) ?? '';
	const said = wordsOf(failure).slice(0, MESSAGE_LENGTH);
	return {
		code: code === '' ? undefined : code,
		message: `floLIVE reports ${[code, said].filter((part) => part !== '').join(': ')}`,
		requestId: textOf(failure['requestId']) ?? undefined,
		...(BY_CODE.get(code) ?? byWords(`${code.replaceAll('_', ' ')} ${said}`)),
	};
};

/** Codes outside the documented ones are told apart by their words; where these say nothing, the HTTP status decides. */
function byWords(words: string): Refusal {
	if (saysTokenSpent(words)) {
		return { kind: 'AUTH', tokenSpent: true, hint: 'The token has expired. Give the connection a new one.' };
	}
	if (NOT_ELIGIBLE.test(words)) {
		return {
			kind: 'FORBIDDEN',
			hint: 'The API user may ask about its own customer and sub-customers only. Check the customer id and the role of the user.',
		};
	}
	return {};
}

/** The envelope itself, or the first failed item of `bulk`. Null where the text is no such envelope. */
function failureIn(text: string): JsonObject | null {
	let body: JsonValue;
	try {
		body = parseJson(text);
	} catch {
		return null;
	}
	if (!isJsonObject(body)) return null;
	const candidates = [body, ...(arrayOf(body['bulk']) ?? [])].filter(isJsonObject);
	return candidates.find((candidate) => errorCodeOf(candidate) !== null || isOnlyWords(candidate)) ?? null;
}

/** A success has no message, a failure no content: what has the one and not the other has failed, even without a code. */
function isOnlyWords(envelope: JsonObject): boolean {
	const content = envelope['content'] ?? {};
	return wordsOf(envelope) !== '' && typeof content === 'object' && Object.keys(content).length === 0;
}

function wordsOf(envelope: JsonObject): string {
	return (textOf(envelope['errorMessage']) ?? '').trim();
}

function errorCodeOf(envelope: JsonObject): string | null {
	const code = textOf(envelope['errorCode'])?.trim();
	return code === undefined || code === '' ? null : code;
}
