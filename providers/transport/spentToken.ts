/** Whether words of a refusal mean that the token has come to its end, where the status does not say so. */

/** Names of what ends, and of its end, in either order. */
const SPENT_TOKEN = /\b(?:token|session)\b.*\b(?:expired|invalid)\b|\b(?:expired|invalid)\b.*\b(?:token|session)\b/i;
/** A refusal says it at its start; what follows may be a page. */
const WORDS_READ = 2_000;

export function saysTokenSpent(words: string): boolean {
	return SPENT_TOKEN.test(words.slice(0, WORDS_READ));
}
