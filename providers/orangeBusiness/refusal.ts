/** Orange's refusals: the gateway's `{code, message, description}`, and what each code means for whoever must mend it. */
import { isJsonObject, textOf } from '../model/json';
import type { Refusal, RefusalReader } from '../transport/client';
import { parseJson } from '../transport/json';

const MESSAGE_LENGTH = 300;
/** The gateway turns requests away for a second at least, and does not always say so. */
const SPIKE_PAUSE_MS = 1_000;

export const TOO_LARGE_HINT =
	'Orange hands over files of up to 5 MB only. Ask in asynchronous mode (X-RESPONSE-MODE: ASYNCHRONOUS), or download the file from the Orange portal.';

const WRONG_PARAMETER: Refusal = {
	kind: 'INVALID_REQUEST',
	hint: 'Check the attributes and values of the filter, the sort fields, and the offset and limit.',
};

/** "Orange APIs error handling". Codes that are not here are told by their HTTP status. */
const BY_CODE: ReadonlyMap<string, Refusal> = new Map<string, Refusal>(
	Object.entries({
		...Object.fromEntries([20, 21, 22, 23, 24, 25, 26, 27, 28].map((code) => [code, WRONG_PARAMETER])),
		40: {
			kind: 'AUTH',
			hint: 'The request carried no credentials. Check that the credential has a client id, a client secret and an API key.',
		},
		41: {
			kind: 'AUTH',
			hint: 'Orange does not accept the client id and secret, or has revoked them. Check them in the Orange developer portal.',
		},
		42: { kind: 'AUTH', tokenSpent: true, hint: 'The access token has expired and a new one was not accepted either.' },
		50: {
			kind: 'FORBIDDEN',
			hint: 'The application is not subscribed to the Billing API, or the API key has ended (it holds for 2 years). Ask your Orange representative.',
		},
		51: { kind: 'FORBIDDEN', hint: 'Orange has blocked this application. Ask your Orange representative.' },
		52: { kind: 'FORBIDDEN', hint: 'Orange has blocked this user. Ask your Orange representative.' },
		53: {
			kind: 'RATE_LIMITED',
			hint: 'Orange allows fewer requests than were made. Wait a little, or fetch less at a time.',
		},
		60: { kind: 'NOT_FOUND', hint: 'Check the id, and that the base URL ends with /billing/b2b/v1.' },
		66: { kind: 'TOO_LARGE', hint: TOO_LARGE_HINT },
	}),
);

export const readRefusal: RefusalReader = ({ status, headers }, text) => {
	const said = text === null || (status < 400 && !LOOKS_REFUSED.test(text)) ? null : gatewayError(text);
	if (said === null) return status === 413 ? { hint: TOO_LARGE_HINT } : null;
	// Above 499 the numbers are those of outages (1, 5, 6), told by the status.
	const known = (status < 500 ? BY_CODE.get(said.code) : undefined) ?? (status === 413 ? { hint: TOO_LARGE_HINT } : {});
	return {
		code: said.code,
		message: `Orange reports ${[said.code, said.message].filter((part) => part !== '').join(': ')}`,
		...known,
		...(known.kind === 'RATE_LIMITED' && !asksToWait(headers['retry-after']) ? { retryAfterMs: SPIKE_PAUSE_MS } : {}),
	};
};

/** A refusal in place of a file may come with status 200. */
const LOOKS_REFUSED = /^\s*\{\s*"code"\s*:\s*"?\d+"?\s*,\s*"message"\s*:\s*"/;

function gatewayError(text: string): { readonly code: string; readonly message: string } | null {
	let body: unknown;
	try {
		body = parseJson(text);
	} catch {
		return null;
	}
	if (!isJsonObject(body)) return null;
	const code = textOf(body['code']) ?? textOf(body['error']) ?? '';
	const words = [body['message'], body['description'] ?? body['error_description']].flatMap(
		(part) => textOf(part) ?? [],
	);
	const message = [...new Set(words)].join('. ').slice(0, MESSAGE_LENGTH);
	return code === '' && message === '' ? null : { code, message };
}

/** Whether the header asks for a second or more, or for a moment on the clock. */
function asksToWait(retryAfter: string | undefined): boolean {
	return retryAfter !== undefined && !(Number(retryAfter) < 1);
}
