/** TMF678 `Error` bodies, and what a bookkeeper can do about each. */
import type { RefusalReader } from '../transport/client';
import { readErrorBody } from '../transport/errorBody';

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
		const { code = null, reason = null, message = null } = readErrorBody(text) ?? {};
		const said = [...new Set([reason, message])].filter((part) => part !== null).join(': ');
		return {
			code: code ?? undefined,
			hint: hints[response.status],
			...(said === '' ? {} : { message: said.replace(/\s+/g, ' ').slice(0, LONGEST_MESSAGE) }),
		};
	};
}
