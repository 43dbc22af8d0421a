/** What a configuration may say of who may ask. */
import { z } from 'zod';

import { text, url, whereReadable } from '../settings';
import { WRITTEN_MASKS, troubleWith } from './grant';

/** Signatures that only the issuer can make: what a published key verifies must not be what it signs with. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

const names = z.array(text);
const accounts = z.union([names, z.record(text, names)], 'must be a list of account ids, or one for each connection');
const mask = z.array(z.enum(WRITTEN_MASKS)).default([]);

const apiKey = z
	.strictObject({
		/** For logs and limits. */
		id: text,
		/** Of the key, in hex: the key itself is nobody's but its user's. */
		sha256: z
			.string()
			.regex(/^[0-9a-f]{64}$/i, 'must be the SHA-256 of the key: 64 hex digits')
			.toLowerCase(),
		connections: names.default([]),
		accounts: accounts.default([]),
		mask,
		/** Whether it reads `/metrics`. */
		metrics: z.boolean().default(false),
	})
	.superRefine(
		(key, context) => {
			if (key.metrics && key.connections.length === 0) return;
			const message = troubleWith(key);
			if (message !== null) context.addIssue({ code: 'custom', path: [], message });
		},
		whereReadable(z.object({ connections: names, accounts })),
	);

const jwt = z.strictObject({
	jwksUrl: url,
	issuer: text,
	audience: text,
	algorithms: z.array(z.enum(ALGORITHMS)).min(1, 'is empty').default(['RS256', 'PS256', 'ES256', 'EdDSA']),
	/** The claim that lists connections. */
	connectionsClaim: text,
	/** The claim that lists accounts. Absent: tokens read all accounts of their connections. */
	accountsClaim: text.optional(),
	/** For all tokens. */
	mask,
});

export const access = z
	.strictObject({
		/** Whoever is on this machine may read everything. */
		open: z.literal(true).optional(),
		apiKeys: z.array(apiKey).min(1, 'is empty: name at least one key, or leave it out').optional(),
		jwt: jwt.optional(),
	})
	.superRefine(
		({ open, apiKeys = [], jwt }, context) => {
			const isGuarded = apiKeys.length > 0 || jwt !== undefined;
			if ((open === true) === isGuarded) {
				const message = isGuarded ? 'is open and asks for keys: decide for one' : 'lets nobody in: set apiKeys or jwt';
				context.addIssue({ code: 'custom', path: [], message });
			}
			for (const name of ['id', 'sha256'] as const) {
				apiKeys.forEach((key, index) => {
					if (apiKeys.findIndex((other) => other[name] === key[name]) === index) return;
					context.addIssue({ code: 'custom', path: ['apiKeys', index, name], message: 'is used twice' });
				});
			}
		},
		whereReadable(z.object({ apiKeys: z.array(z.object({ id: z.string(), sha256: z.string() })).optional() })),
	);

/** What keys are granted, whatever else is said of them. */
export const grants = z.object({ apiKeys: z.array(z.object({ connections: names, accounts })).optional() });

export type AccessConfig = z.output<typeof access>;
export type ApiKeyConfig = z.output<typeof apiKey>;
export type JwtConfig = z.output<typeof jwt>;

/** Names what keys are granted of connections that are not configured. */
export function refuseUnknownConnections(
	{ apiKeys = [] }: AccessConfig,
	connections: readonly { readonly id: string }[],
	context: z.RefinementCtx,
): void {
	const known = new Set(connections.map(({ id }) => id));
	apiKeys.forEach(({ connections, accounts }, index) => {
		const named = Array.isArray(accounts) ? [] : Object.keys(accounts).map((id) => ({ id, path: ['accounts', id] }));
		for (const { id, path } of [...connections.map((id, at) => ({ id, path: ['connections', at] })), ...named]) {
			if (known.has(id) || (id === '*' && path[0] === 'connections')) continue;
			const message = `names "${id}", which is no connection of this configuration`;
			context.addIssue({ code: 'custom', path: ['access', 'apiKeys', index, ...path], message });
		}
	});
}
