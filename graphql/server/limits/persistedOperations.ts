/** Operations that were written down beforehand, known by the SHA-256 of their text. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import type { ApolloServerOptions, ApolloServerPlugin, BaseContext } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { z } from 'zod';

/** The form that `@apollo/generate-persisted-query-manifest` writes. */
const manifestSchema = z.object({
	format: z.literal('apollo-persisted-query-manifest'),
	version: z.literal(1),
	operations: z.array(z.object({ id: z.string(), body: z.string().min(1) })).min(1),
});

/** Texts by the SHA-256 of each. */
export type PersistedOperations = ReadonlyMap<string, string>;

/** @throws Error saying what is wrong with the file */
export function readManifest(file: string): PersistedOperations {
	const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
	if (!parsed.success) throw new Error('is no manifest of persisted operations (apollo-persisted-query-manifest, 1)');
	const operations = new Map<string, string>();
	for (const { id, body } of parsed.data.operations) {
		if (sha256(body) !== id) throw new Error(`has an operation whose id is not the SHA-256 of its body: ${id}`);
		operations.set(id, body);
	}
	return operations;
}

/**
 * Where Apollo looks up an operation that is named by its hash. With a manifest clients register none themselves: whoever
 * may ask could fill the memory of all.
 */
export function manifestCache(manifest: PersistedOperations): KeyValueCache {
	return {
		get: async (hash) => manifest.get(hash),
		set: async () => undefined,
		delete: async () => false,
	};
}

type KeyValueCache = NonNullable<
	Exclude<ApolloServerOptions<BaseContext>['persistedQueries'], false | undefined>['cache']
>;

/** Answers nothing but the manifest, before the text is even parsed. */
export function onlyPersisted(manifest: PersistedOperations): ApolloServerPlugin {
	return {
		requestDidStart: async () => ({
			didResolveSource: async ({ source }) => {
				if (manifest.has(sha256(source))) return;
				throw new GraphQLError('This server answers only operations of its manifest', {
					extensions: { code: 'OPERATION_NOT_PERSISTED', http: { status: 403 } },
				});
			},
		}),
	};
}

function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
