/** What a provider says in its answers of things that will go away: RFC 9745 (Deprecation) and RFC 8594 (Sunset). */
import { type Instant, toInstant } from '../../providers/model/dates';

export interface DeprecationNotice {
	/** What the provider was asked for, in this server's words. */
	readonly operation: string;
	/** From when on it should no longer be used; null: not said. */
	readonly since: Instant | null;
	/** When it ends; null: not said. */
	readonly ends: Instant | null;
	/** Where the provider says more; null: nowhere. */
	readonly link: string | null;
}

/** The last word of one connection's provider on each operation. */
export class Deprecations {
	private readonly notices = new Map<string, DeprecationNotice>();

	/** @param onNotice told of every new word */
	constructor(private readonly onNotice: (notice: DeprecationNotice) => void = () => undefined) {}

	/** @param headers of an answer, with lower-case names */
	look(operation: string, headers: Readonly<Record<string, string>>): void {
		const { deprecation, sunset, link = '' } = headers;
		if (deprecation === undefined && sunset === undefined) return;
		const notice = { operation, since: since(deprecation), ends: httpDate(sunset), link: linkIn(link) };
		const known = this.notices.get(operation);
		this.notices.set(operation, notice);
		if (JSON.stringify(known) !== JSON.stringify(notice)) this.onNotice(notice);
	}

	get all(): readonly DeprecationNotice[] {
		return [...this.notices.values()];
	}
}

/** Seconds since the epoch behind an `@`; in earlier drafts an HTTP date, or just `true`. */
function since(deprecation = ''): Instant | null {
	const seconds = /^@(\d{1,12})$/.exec(deprecation.trim())?.[1];
	return seconds === undefined ? httpDate(deprecation) : instantAt(Number(seconds) * 1_000);
}

function httpDate(text = ''): Instant | null {
	return /^[A-Za-z]{3}, /.test(text) ? instantAt(Date.parse(text)) : null;
}

function instantAt(millis: number): Instant | null {
	return Number.isNaN(millis) ? null : toInstant(new Date(millis).toISOString());
}

/** The page that a `Link` header names for either. */
function linkIn(header: string): string | null {
	for (const [, target = '', parameters = ''] of header.matchAll(/<([^<>]*)>([^,<]*)/g)) {
		if (/\brel="?(?:deprecation|sunset)\b/i.test(parameters) && /^https?:\/\//i.test(target)) return target;
	}
	return null;
}
