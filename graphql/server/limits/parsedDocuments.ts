/** Documents that were parsed and found valid, kept for whoever asks the same again. */
import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';

import { BoundedMap } from '../../cache/boundedMap';

/** Apollo counts a document by its JSON, where the text that it was parsed from is missing: padding would weigh nothing. */
const MOST_BYTES = 32 * 1024 * 1024;
/** The most that was measured, over documents of fields, aliases, arguments, fragments and directives. */
const BYTES_PER_TOKEN = 512;
/** Of a text that is not all Latin. */
const BYTES_PER_CHARACTER = 2;

type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;

/** @param mostBytes of memory that all of them may take; those that were not asked for longest make room */
export function parsedDocuments(mostBytes = MOST_BYTES): DocumentStore {
	const kept = new BoundedMap<DocumentNode>(mostBytes, bytesOf);
	return {
		get: async (hash) => kept.get(hash),
		set: async (hash, document) => void kept.set(hash, document),
		delete: async (hash) => kept.delete(hash),
	};
}

function bytesOf({ loc }: DocumentNode): number {
	if (loc === undefined) return Infinity;
	let bytes = BYTES_PER_CHARACTER * loc.source.body.length;
	for (let token = loc.startToken.next; token !== null; token = token.next) bytes += BYTES_PER_TOKEN;
	return bytes;
}
