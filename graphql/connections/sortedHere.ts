/** Lists that providers give in no order: read whole, sorted here. For what is few beside bills. */
import type { Page } from '../../providers/connector';
import { compareText } from '../../providers/query/order';
import { readOut } from '../../providers/query/pages';
import type { MergedPlace } from './cursor';

/** By connection, then scope and the provider's id. */
export function compareByConnection(left: MergedPlace, right: MergedPlace): number {
	return (
		compareText(left.connection, right.connection) ||
		compareText(left.scope, right.scope) ||
		compareText(left.remoteId, right.remoteId)
	);
}

/** Everything that comes after `after`, as one page. */
export async function* sortedHere<T>(
	pages: AsyncIterable<Page<T>>,
	placeOf: (item: T) => MergedPlace,
	after: MergedPlace | null,
): AsyncGenerator<Page<T>, void, undefined> {
	const { items, last, requests, notices } = await readOut(pages);
	const wanted = items
		.map((item) => ({ item, place: placeOf(item) }))
		.filter(({ place }) => after === null || compareByConnection(place, after) > 0)
		.sort((left, right) => compareByConnection(left.place, right.place))
		.map(({ item }) => item);
	yield { ...last, items: wanted, total: last.end?.complete === true ? items.length : null, requests, notices };
}
