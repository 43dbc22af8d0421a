/** What an error body says, told from its members: the shapes that the providers and their gateways and token servers use. */
import { type JsonValue, isJsonObject, objectOf, textOf } from '../model/json';
import { parseJson } from './json';

export interface ErrorBody {
	readonly code: string | null;
	readonly message: string | null;
	/** TMF678's short `reason`, beside its longer `message`. */
	readonly reason: string | null;
}

/**
 * Reads `{error, error_description}` (RFC 6749), `{ErrorCode, Error}` (Lumen's legacy token server), `{code, reason, message}`
 * (TMF678, Apigee), `{code, message, description | info}` (Orange's and Lumen's gateways), `{errorCode, errorMessage}`
 * (floLIVE) and `{fault: {faultstring, detail: {errorcode}}}` (Apigee), also inside `error`, `errors[]` or an array.
 * Null where the text is none of these.
 */
export function readErrorBody(text: string | null): ErrorBody | null {
	if (text === null) return null;
	let body: JsonValue;
	try {
		body = parseJson(text);
	} catch {
		return null;
	}
	return saidBy(body);
}

function saidBy(body: JsonValue | undefined): ErrorBody | null {
	if (Array.isArray(body)) return saidBy((body as readonly JsonValue[])[0]);
	if (!isJsonObject(body)) return null;
	const fault = objectOf(body['fault']);
	const said = {
		code: firstText(
			body['error'],
			body['ErrorCode'],
			body['errorCode'],
			body['code'],
			objectOf(fault['detail'])['errorcode'],
		),
		message: firstText(
			body['error_description'],
			body['Error'],
			body['errorMessage'],
			body['message'],
			body['reason'],
			body['description'],
			body['info'],
			fault['faultstring'],
		),
		reason: textOf(body['reason']),
	};
	if (said.code !== null || said.message !== null) return said;
	return saidBy(body['error']) ?? saidBy(body['errors']);
}

function firstText(...values: readonly unknown[]): string | null {
	for (const value of values) {
		const text = textOf(value);
		if (text !== null) return text;
	}
	return null;
}
