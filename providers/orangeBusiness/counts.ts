/** Orange's counters in the model's words ("Billing for Business", Snapshots). */
import type { BillCounts, CountableField, WalkOptions } from '../connector';
import { BillingError } from '../transport/errors';
import { endWith } from '../transport/pageWalk';
import type { OrangeBusinessApi } from './api';
import { billTypeOf } from './billMapping';

interface Counter {
	/** Orange's name of the attribute. */
	readonly attribute: string;
	readonly valueOf: (word: string) => string;
}

const COUNTERS: Readonly<Partial<Record<CountableField, Counter>>> = {
	TYPE: { attribute: 'type', valueOf: billTypeOf },
};

/** Counters have pages too; no attribute that is counted by has nearly as many values as this. */
const MOST_VALUES = 100;

/** Null for fields whose name is not documented, and where this version of the API has no counters or there may be more. */
export async function countBills(
	api: OrangeBusinessApi,
	by: CountableField,
	filters: Readonly<Record<string, string>>,
	options: WalkOptions = {},
): Promise<BillCounts | null> {
	const counter = COUNTERS[by];
	if (counter === undefined) return null;
	const { attribute, valueOf } = counter;
	try {
		const parameters = { filters, limit: MOST_VALUES };
		const counters = await api.snapshots(attribute, parameters, { signal: options.signal });
		if (counters.length >= MOST_VALUES) return null;
		const counts = new Map<string, number>();
		for (const { value, bills } of counters) {
			counts.set(valueOf(value), (counts.get(valueOf(value)) ?? 0) + bills);
		}
		return { counts, method: 'NATIVE', requests: 1, end: endWith([]), notices: [] };
	} catch (error) {
		if (error instanceof BillingError && error.kind === 'NOT_OFFERED') return null;
		throw error;
	}
}
