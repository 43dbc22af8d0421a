/** Operations that were written down beforehand, known by the SHA-256 of their text. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** The form that `@apollo/generate-persisted-query-manifest` writes. */
const manifestSchema = z.object({
	format: z.literal('apollo-persisted-query-manifest'),
	version: z.literal(1),
	operations: z.array(z.object({ id: z.string(), body: z.string().min(1) })).min(1),
});

/** Texts by the SHA-256 of each. */
export type PersistedOperations = ReadonlyMap<string, string>;

/** Says what is wrong with a manifest. */
export class ManifestError extends Error {
	override readonly name = 'ManifestError';
}

/** @throws ManifestError; Error where the file cannot be read */
export function readManifest(file: string): PersistedOperations {
	return parseManifest(readFileSync(file, 'utf8'));
}

/** @throws ManifestError */
export function parseManifest(text: string): PersistedOperations {
	const parsed = manifestSchema.safeParse(jsonIn(text));
	if (!parsed.success) {
		throw new ManifestError('is no manifest of persisted operations (apollo-persisted-query-manifest, 1)');
	}
	const operations = new Map<string, string>();
	for (const { id, body } of parsed.data.operations) {
		if (sha256(body) !== id) throw new ManifestError(`has an operation whose id is not the SHA-256 of its body: ${id}`);
		operations.set(id, body);
	}
	return operations;
}

/** Null for what is no JSON. */
function jsonIn(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

const APOLLOS_PREFIX = /^apq:/;

/**
 * Where Apollo looks up an operation that is named by its hash. With a manifest clients register none themselves: whoever
 * may ask could fill the memory of all.
 */
export function manifestCache(manifest: PersistedOperations): KeyValueCache {
	return {
		get: async (key) => manifest.get(key.replace(APOLLOS_PREFIX, '')),
		set: async () => undefined,
		delete: async () => false,
	};
}

type KeyValueCache = NonNullable<
	Exclude<ApolloServerOptions<BaseContext>['persistedQueries'], false | undefined>['cache']
>;

/** Answers nothing but the manifest at `path`: a text that is not in it is not even parsed. */
export function onlyPersisted(app: FastifyInstance, path: string, manifest: PersistedOperations): void {
	app.addHook('preHandler', async (request, reply) => {
		if (request.routeOptions.url !== path) return;
		const isUnlisted = [request.body, request.query]
			.map(textIn)
			.some((text) => text !== null && !manifest.has(sha256(text)));
		if (!isUnlisted) return;
		const message = 'This server answers only operations of its manifest';
		await reply.code(403).send({ errors: [{ message, extensions: { code: 'OPERATION_NOT_PERSISTED' } }] });
	});
}

/** Null where there is none: then the operation is named by its hash, or the request is refused as it is. */
function textIn(parameters: unknown): string | null {
	const isRecord = typeof parameters === 'object' && parameters !== null;
	return isRecord && 'query' in parameters && typeof parameters.query === 'string' ? parameters.query : null;
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
