/** What a configuration may say. */
import { X509Certificate } from 'node:crypto';

import { z } from 'zod';

import { PROVIDERS } from '../../providers/model/identity';
import { access, grants, refuseUnknownConnections } from './access/accessConfig';
import { breaker, cache, freshFor } from './cacheSettings';
import { limits } from './limits/limitsConfig';
import { LOG_LEVELS } from './operations/log';
import { text, url, whereReadable } from './settings';

const headers = z.record(text, z.string());

const clientCredentials = {
	/** One address, or several known ones, tried in turn. */
	tokenUrl: z.union([url, z.tuple([url], url)]),
	clientId: text,
	clientSecret: text,
	scope: text.optional(),
	tokenHeaders: headers.optional(),
};

const auth = z.discriminatedUnion('kind', [
	z.strictObject({ kind: z.literal('NONE') }),
	z.strictObject({ kind: z.literal('BEARER'), token: text }),
	z.strictObject({ kind: z.literal('HEADER'), name: text, value: text }),
	z.strictObject({ kind: z.literal('BASIC'), username: text, password: text }),
	z.strictObject({ kind: z.literal('CLIENT_CREDENTIALS'), apiKey: text.optional(), ...clientCredentials }),
	z.strictObject({ kind: z.literal('REFRESH_TOKEN'), refreshToken: text, ...clientCredentials }),
	z.strictObject({
		kind: z.literal('LOGIN'),
		url,
		username: text,
		password: text,
		usernameField: text.optional(),
		passwordField: text.optional(),
		tokenPath: text.optional(),
		headers: headers.optional(),
	}),
]);

const milliseconds = z.coerce.number().int().min(1).max(600_000);

function isCertificate(pem: string): boolean {
	try {
		return new X509Certificate(pem).publicKey.type === 'public';
	} catch {
		return false;
	}
}

/** Bills of these providers can be listed only account by account. */
const NEEDS_ACCOUNTS: ReadonlySet<string> = new Set(['LUMEN', 'FLOLIVE']);

const connection = z
	.strictObject({
		id: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, 'may hold letters, digits, dots, dashes and underscores'),
		provider: z.enum(PROVIDERS),
		baseUrl: url,
		/** Lumen billing accounts or floLIVE customers. */
		accounts: z.array(text).min(1, 'is empty: name at least one account, or leave it out').optional(),
		/** Lumen only. */
		apiVersion: z.enum(['v1', 'v2']).optional(),
		/** The only other hosts that bill documents are fetched from, without credentials. Absent: any public one. */
		documentHosts: z.array(text).optional(),
		/** Milliseconds for one request. */
		timeoutMs: milliseconds.optional(),
		freshFor,
		breaker,
		/** In PEM: an authority of your own, trusted for the hosts of this connection besides the well-known ones. */
		ca: text.refine(isCertificate, 'is no certificate in PEM').optional(),
		auth,
	})
	.superRefine(
		({ provider, accounts, apiVersion }, context) => {
			if (accounts === undefined && NEEDS_ACCOUNTS.has(provider)) {
				const message = `has no accounts: ${provider} lists bills only by account, so name them`;
				context.addIssue({ code: 'custom', path: [], message });
			}
			if (apiVersion !== undefined && provider !== 'LUMEN') {
				context.addIssue({ code: 'custom', path: ['apiVersion'], message: 'is for LUMEN only' });
			}
		},
		whereReadable(z.object({ provider: text })),
	);

export const DEFAULT_HOST = '127.0.0.1';

const ids = z.array(z.object({ id: z.string() }));

const configuration = z.strictObject({
	/** Nothing that helps only developers is shown. Absent: whether NODE_ENV is "production". */
	production: z.boolean().optional(),
	/** Whether the schema may be asked for. Absent: except in production. */
	introspection: z.boolean().optional(),
	/** Whether `/explorer` is served. Absent: except in production. */
	explorer: z.boolean().optional(),
	/** Whether the graph is a subgraph of Apollo Federation 2. */
	federation: z.boolean().default(false),
	limits: limits.prefault({}),
	server: z
		.strictObject({
			host: text.default(DEFAULT_HOST),
			port: z.coerce.number().int().min(0).max(65_535).default(4000),
			/** Signs cursors; the same for all instances. Absent: random, so that cursors end with the process. */
			cursorKey: z.string().min(16, 'must have at least 16 characters').optional(),
			/** Milliseconds that a provider may keep one field waiting. */
			timeoutMs: milliseconds.default(10_000),
			logLevel: z.enum(LOG_LEVELS).default('info'),
			/** Seconds between being told to stop and stopping, in which `/readyz` already says so: for a load balancer to notice. */
			drainDelay: z.coerce.number().min(0).max(300).default(0),
		})
		.prefault({}),
	cache,
	/** Who may ask. Absent with real connections: the server does not start. */
	access: access.optional(),
	/** Operations that were written down beforehand. */
	operations: z
		.strictObject({
			/** A manifest in the form of `@apollo/generate-persisted-query-manifest`, beside the configuration. */
			manifest: text,
			/** Whether nothing else is answered. */
			only: z.boolean().default(false),
		})
		.optional(),
	connections: z
		.array(connection)
		.min(1, 'is empty: name at least one connection')
		.superRefine((connections, context) => {
			connections.forEach(({ id }, index) => {
				if (connections.findIndex((other) => other.id === id) === index) return;
				context.addIssue({ code: 'custom', path: [index, 'id'], message: `"${id}" is used twice` });
			});
		}, whereReadable(ids)),
});

export const configSchema = configuration.superRefine(
	({ access, connections }, context) => {
		if (access !== undefined) refuseUnknownConnections(access, connections, context);
	},
	whereReadable(z.object({ access: grants.optional(), connections: ids })),
);

export type ServerConfig = z.output<typeof configSchema>;
export type ConnectionConfig = ServerConfig['connections'][number];
export type AuthConfig = ConnectionConfig['auth'];
