/** Every fault the sandbox can make, by name: what it does before a request is handled, and to its answer. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';

import type { SandboxProvider } from '../../data/ledger';
import { queryOf } from '../../http/request';
import type { ExpirableTokenDesk } from '../../oauth/tokenDesk';
import {
	ControlError,
	type Fields,
	fieldsOf,
	optionalChoice,
	optionalText,
	optionalWhole,
	requiredText,
} from '../input';
import { type ChangeValue, changedAt, withDuplicate, withFirstAgain } from './jsonText';
import { breakingAfter, brokenGzip, cut, dripping } from './payload';

/** One request that a fault applies to. */
export interface Exchange {
	readonly request: FastifyRequest;
	readonly reply: FastifyReply;
	readonly provider: SandboxProvider;
	/** How many requests the rule has applied to before. */
	readonly earlier: number;
	readonly tokens: ExpirableTokenDesk;
}

export type Body = Buffer | Readable;

/** What one rule does. */
export interface Fault {
	/** Before the provider sees the request. May send the answer itself. */
	onRequest?(exchange: Exchange): unknown;
	/** When the provider's answer is ready. */
	onAnswer?(exchange: Exchange, body: Buffer): Body;
}

/** Makes the fault from its settings, the `with` of a rule; throws ControlError where they are wrong. */
type Effect = (settings: Fields) => Fault;

export const EFFECTS = {
	/** This answer instead of the provider's. With: status, headers, body (text or JSON). */
	answer: (settings) => {
		const status = optionalWhole(settings, 'status', 200) ?? 500;
		const headers = headersOf(settings);
		const body = settings['body'] ?? '';
		const text = typeof body === 'string' ? body : JSON.stringify(body);
		return {
			onRequest: ({ reply }) =>
				reply
					.code(status)
					.header('content-type', typeof body === 'string' ? 'text/plain' : 'application/json')
					.headers(headers)
					.send(text),
		};
	},
	/** With: ms. */
	latency: (settings) => {
		const ms = optionalWhole(settings, 'ms', 0) ?? 1_000;
		return { onRequest: () => new Promise((resolve) => setTimeout(resolve, ms)) };
	},
	/** Never answers, and keeps the connection open. */
	hang: () => ({ onRequest: ({ reply }) => reply.hijack() }),
	/** The connection is reset before the answer, or inside its body after so many bytes. With: afterBytes. */
	reset: (settings) => {
		const afterBytes = optionalWhole(settings, 'afterBytes', 0);
		if (afterBytes === undefined) {
			return {
				onRequest: ({ request, reply }) => {
					reply.hijack();
					request.raw.socket.resetAndDestroy();
				},
			};
		}
		return {
			onAnswer: ({ request, reply }, body) => {
				reply.header('content-length', String(body.length));
				return breakingAfter(cut(body, afterBytes), () => request.raw.socket.resetAndDestroy());
			},
		};
	},
	/** The body comes so many bytes at a time. With: bytes, everyMs. */
	drip: (settings) => {
		const bytes = optionalWhole(settings, 'bytes', 1) ?? 64;
		const everyMs = optionalWhole(settings, 'everyMs', 0) ?? 50;
		return { onAnswer: (_exchange, body) => dripping(body, bytes, everyMs) };
	},
	/** Only the first bytes of the body, as a whole answer; half of it by default. With: bytes. */
	truncate: (settings) => {
		const bytes = optionalWhole(settings, 'bytes', 0);
		return { onAnswer: (_exchange, body) => cut(body, bytes) };
	},
	/** With: value. */
	contentType: (settings) => {
		const value = optionalText(settings, 'value') ?? 'text/plain';
		return {
			onAnswer: ({ reply }, body) => {
				reply.header('content-type', value);
				return body;
			},
		};
	},
	/** A page for people, as proxies send. With: status. */
	html: (settings) => {
		const status = optionalWhole(settings, 'status', 200) ?? 200;
		return {
			onRequest: ({ reply }) =>
				reply.code(status).type('text/html; charset=utf-8').send('<!DOCTYPE html><html><body>Sign in</body></html>'),
		};
	},
	/** Says gzip, and is not. */
	brokenGzip: () => ({
		onAnswer: ({ reply }, body) => {
			reply.header('content-encoding', 'gzip');
			return brokenGzip(body);
		},
	}),
	/** All tokens of the provider expire before the request is handled. */
	expireTokens: () => ({ onRequest: ({ tokens, provider }) => tokens.expireAll(provider) }),
	/** Bills change before the request is handled. With: changes, as `POST /__sandbox/changes` takes them. */
	change: ({ changes }) => ({
		onRequest: async ({ request }) => {
			const payload = JSON.stringify(changes);
			const headers = { 'content-type': 'application/json' };
			await request.server.inject({ method: 'POST', url: '/__sandbox/changes', headers, payload });
		},
	}),
	/** The page parameters are not read: always the first page. */
	offsetIgnored: () => ({ onRequest: ({ request }) => setQuery(request, { offset: undefined, page: undefined }) }),
	/** So many rows whatever was asked for. With: rows. */
	limitNotHonoured: (settings) => {
		const rows = optionalWhole(settings, 'rows', 1) ?? 3;
		return { onRequest: ({ request }) => setQuery(request, { limit: String(rows) }) };
	},
	/** The first answer again and again. */
	samePage: () => {
		let first: Buffer | undefined;
		return { onAnswer: (_exchange, body) => (first ??= body) };
	},
	/** The announced total. With: is (`missing`, `wrong`, `short` or `changing`). */
	total: (settings) => {
		const mode = optionalChoice(settings, 'is', TOTALS) ?? 'missing';
		return {
			onAnswer: (exchange, body) => {
				changeTotal(exchange, mode);
				return body;
			},
		};
	},
	/** The last row of a page is the first one again; files stay what they are. */
	duplicateIds: () => ({
		onAnswer: ({ reply }, body) => (isJson(reply) ? Buffer.from(withDuplicate(body.toString('utf8'))) : body),
	}),
	/** The first row of a page comes once more, after all the others. */
	rowTwice: () => ({
		onAnswer: ({ reply }, body) => (isJson(reply) ? Buffer.from(withFirstAgain(body.toString('utf8'))) : body),
	}),
	/** Other values in the records. With: path (`*.amountDue.value`), and one of json, quoted, characters, removed. */
	rewrite: (settings) => {
		const path = requiredText(settings, 'path').split('.');
		const change = changeOf(settings);
		return { onAnswer: (_exchange, body) => Buffer.from(changedAt(body.toString('utf8'), path, change)) };
	},
} satisfies Record<string, Effect>;

export type EffectName = keyof typeof EFFECTS;

export const EFFECT_NAMES = Object.keys(EFFECTS) as EffectName[];

/** Text that is no JSON is put in as well, for answers that are none. */
function changeOf(settings: Fields): ChangeValue {
	const json = optionalText(settings, 'json');
	if (json !== undefined) return () => json;
	const characters = optionalWhole(settings, 'characters', 0);
	if (characters !== undefined) return () => JSON.stringify('x'.repeat(characters));
	if (settings['quoted'] === true) return (value) => (value.startsWith('"') ? value : JSON.stringify(value));
	if (settings['removed'] === true) return () => null;
	throw new ControlError('json, characters, quoted or removed says what becomes of the value');
}

function isJson(reply: FastifyReply): boolean {
	return String(reply.getHeader('content-type')).includes('json');
}

function headersOf(settings: Fields): Record<string, string> {
	const fields = settings['headers'] === undefined ? {} : fieldsOf(settings['headers']);
	return Object.fromEntries(Object.keys(fields).map((name) => [name, requiredText(fields, name)]));
}

function setQuery(request: FastifyRequest, changes: Readonly<Record<string, string | undefined>>): void {
	const entries = Object.entries({ ...queryOf(request), ...changes });
	request.query = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

const TOTALS = ['missing', 'wrong', 'short', 'changing'] as const;

function changeTotal({ reply, earlier }: Exchange, mode: (typeof TOTALS)[number]): void {
	const announced = reply.getHeader('x-total-count');
	if (announced === undefined) return;
	if (mode === 'missing') {
		reply.removeHeader('x-total-count');
		return;
	}
	const beside = { wrong: 7, short: -7, changing: earlier }[mode];
	reply.header('x-total-count', String(Number(announced) + beside));
}
