/** Counters: how many bills bear each value of an attribute. */
import { jsonTextAnswer, type Answer } from './answer';
import { textAt, kindOf } from './attributes';
import { GatewayError } from './gatewayError';
import { pageOf, PAGING_PARAMETERS, type Collection, type PageLimits } from './listing';
import { queryCondition } from './queryFilter';

type Counter = readonly [value: string, count: number];

const ORDERS: Readonly<Record<string, (left: Counter, right: Counter) => number>> = {
	key: (left, right) => (left[0] < right[0] ? -1 : 1),
	value: (left, right) => left[1] - right[1],
};

/** Counters of the records that meet the filters, by `groupBy`; paging and sorting apply to the counters. */
export function snapshotAnswer(
	collection: Collection,
	query: URLSearchParams,
	limits: PageLimits,
	today: string,
): Answer {
	const groupBy = query.get('groupBy');
	if (groupBy === null || groupBy === '') throw new GatewayError(27, 'groupBy names the attribute to count by.');
	const kind = kindOf(collection.attributes, groupBy);
	if (kind === undefined || kind === 'period') throw new GatewayError(28, `Cannot count by ${groupBy}.`);
	const condition = queryCondition(query, collection.attributes, ['groupBy', ...PAGING_PARAMETERS], today);
	const counts = new Map<string, number>();
	for (const record of collection.rows(0, collection.size)) {
		const value = condition === undefined || condition(record) ? textAt(record, groupBy) : undefined;
		if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
	}
	const { offset, limit } = pageOf(query, limits);
	return jsonTextAnswer(countersText(sorted([...counts], query.get('sort')).slice(offset, offset + limit)));
}

function sorted(counters: Counter[], sort: string | null): readonly Counter[] {
	if (sort === null) return counters;
	const order = /^-?(key|value)$/.test(sort) ? ORDERS[sort.replace('-', '')] : undefined;
	if (order === undefined) throw new GatewayError(28, 'Counters are sorted by key, -key, value or -value.');
	const sign = sort.startsWith('-') ? -1 : 1;
	return counters.sort((left, right) => sign * order(left, right));
}

/** Written member by member: an object of JavaScript puts keys like `9999` before all others. */
function countersText(counters: readonly Counter[]): string {
	return `{${counters.map(([value, count]) => `${JSON.stringify(value)}:${count}`).join(',')}}`;
}
