/** What a provider says in its answers of things that will go away: RFC 9745 (Deprecation) and RFC 8594 (Sunset). */
import { type Instant, toInstant } from '../../providers/model/dates';
import { hideSecrets } from '../../providers/transport/secretText';

export interface DeprecationNotice {
	/** What the provider was asked for, in this server's words. */
	readonly operation: string;
	/** From when on it should no longer be used; null: not said. */
	readonly since: Instant | null;
	/** When it ends; null: not said. */
	readonly ends: Instant | null;
	/** Where the provider says more, without a query; null: nowhere. */
	readonly link: string | null;
}

/** The last word of one connection's provider on each operation. */
export class Deprecations {
	private readonly notices = new Map<string, DeprecationNotice>();

	/**
	 * @param secrets what the provider was sent and may quote
	 * @param onNotice told of every new word
	 */
	constructor(
		private readonly secrets: () => Promise<readonly string[]>,
		private readonly onNotice: (notice: DeprecationNotice) => void = () => undefined,
	) {}

	/** @param headers of an answer, with lower-case names */
	async look(operation: string, headers: Readonly<Record<string, string>>): Promise<void> {
		const { deprecation, sunset, link = '' } = headers;
		if (deprecation === undefined && sunset === undefined) return;
		const page = linkIn(link);
		const told = page === null ? null : hideSecrets(page, await this.secrets());
		const notice = { operation, since: since(deprecation), ends: httpDate(sunset), link: told };
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

/** The page that a `Link` header names for either: its query may hold a key. */
function linkIn(header: string): string | null {
	for (const [, target = '', parameters = ''] of header.matchAll(/<([^<>]*)>([^,<]*)/g)) {
		if (!/\brel="?(?:deprecation|sunset)\b/i.test(parameters)) continue;
		if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) continue;
		const { origin, pathname } = new URL(target);
		return `${origin}${pathname}`;
	}
	return null;
}
