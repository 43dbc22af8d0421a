/** A Relay connection merged from several provider connections: page, cursors, total and source reports. */
import type { GraphQLResolveInfo } from 'graphql';

import type { GraphContext } from '../context';
import type { Cursor, MergedPlace } from './cursor';
import { MergedOrder } from './merge';
import { type RelayPage, relayPage } from './relayPage';
import type { ItemSource, SourceReport } from './source';
import { reportTrouble } from './sourceTrouble';

export interface MergedConnection<T> extends RelayPage<T> {
	readonly totalCount: number | null;
	readonly sources: readonly SourceReport[];
}

export interface MergedList<T> {
	/** What cursors are sealed with. */
	readonly fingerprint: string;
	readonly first: number;
	/** Null on the first page. */
	readonly after: Cursor | null;
	/** In the order of the configuration; a report alone for a connection that was not asked. */
	readonly sources: readonly (ItemSource<T> | SourceReport)[];
	readonly compare: (left: MergedPlace, right: MergedPlace) => number;
}

export async function mergedConnection<T>(
	list: MergedList<T>,
	context: GraphContext,
	info: GraphQLResolveInfo,
): Promise<MergedConnection<T>> {
	const asked = list.sources.filter((source) => 'next' in source);
	const order = new MergedOrder(asked, list.compare);
	const items = await order.take(list.first);
	const hasNextPage = await order.hasNext();
	for (const source of asked) source.close();
	const sources = list.sources.map((source) => ('next' in source ? source.report() : source));
	reportTrouble(sources, context, info);

	const total = list.after === null ? totalOf(list.sources) : list.after.total;
	return relayPage(
		{
			items,
			nodeOf: ({ item }) => item,
			cursorOf: ({ place }) => context.cursors.seal(list.fingerprint, { place, total }),
			hasNextPage,
			hasPreviousPage: list.after !== null,
		},
		{ totalCount: total, sources },
	);
}

/** Null unless every connection announced its own. */
function totalOf<T>(sources: MergedList<T>['sources']): number | null {
	let sum = 0;
	for (const source of sources) {
		const total = 'next' in source ? source.total : null;
		if (total === null) return null;
		sum += total;
	}
	return sum;
}
