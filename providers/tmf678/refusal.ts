/** TMF678 `Error` bodies, and what a bookkeeper can do about each. */
import { type JsonObject, isJsonObject, textOf } from '../model/json';
import type { Refusal, RefusalReader } from '../transport/client';
import { parseJson } from '../transport/json';

const LONGEST_MESSAGE = 300;

/** By HTTP status; statuses not named here keep the general hint. */
export type HintsByStatus = Readonly<Partial<Record<number, string>>>;

/**
 * Reads `{code, reason, message, status, referenceError}`. v4 and v5 write `code` as text, v2.1 as an integer; either
 * of `reason` and `message` may be missing. The kind of error follows from the HTTP status.
 */
export function tmfRefusalReader(hints: HintsByStatus): RefusalReader {
	return (response, text) => {
		if (response.status < 400) return null;
		const hint = hints[response.status];
		return { ...readError(text), ...(hint === undefined ? {} : { hint }) };
	};
}

function readError(text: string | null): Refusal {
	const body = toObject(text);
	if (body === null) return {};
	const said = [textOf(body['reason']), textOf(body['message'])].filter((part) => part !== null);
	const message = [...new Set(said)].join(': ').replace(/\s+/g, ' ').slice(0, LONGEST_MESSAGE);
	return { code: textOf(body['code']) ?? undefined, ...(message === '' ? {} : { message }) };
}

/** The error object, which some gateways put into a list of one. */
function toObject(text: string | null): JsonObject | null {
	if (text === null || !/^\s*[[{]/.test(text)) return null;
	try {
		const body: unknown = parseJson(text);
		const error: unknown = Array.isArray(body) ? body[0] : body;
		return isJsonObject(error) ? error : null;
	} catch {
		// An error body that is cut short or no JSON says nothing; the status still does.
		return null;
	}
}
