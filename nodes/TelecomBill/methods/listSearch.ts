/** The list of bills to choose from: the newest of the chosen providers. */
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { billKey } from '../../shared/columns';
import type { Bill } from '../../shared/core';
import { toNodeError } from '../../shared/errors';
import { type Source, openSources } from '../providers';

/** Of each provider; more are found by typing a part of the number. */
const SHOWN = 50;

export async function searchBills(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const choices = this.getCurrentNodeParameter('providers') as string[] | undefined;
	const sources = await openSources(this, choices ?? []);
	const outcomes = await Promise.allSettled(sources.map((source) => newest(source, filter)));
	const failed = outcomes.find((outcome) => outcome.status === 'rejected');
	if (failed !== undefined && outcomes.every(({ status }) => status === 'rejected')) {
		throw toNodeError(this.getNode(), failed.reason);
	}
	const bills = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
	bills.sort((left, right) => ((left.bill.billDate ?? '') < (right.bill.billDate ?? '') ? 1 : -1));
	return { results: bills.map(({ bill, source }) => ({ name: titleOf(bill, source), value: billKey(bill) })) };
}

async function newest(source: Source, filter: string | undefined): Promise<{ bill: Bill; source: Source }[]> {
	const found: { bill: Bill; source: Source }[] = [];
	const pages = source.connector.bills({
		...(filter === undefined || filter.trim() === '' ? {} : { numberLike: `*${filter.trim()}*` }),
		order: { field: 'BILL_DATE', direction: 'DESC' },
		maxRows: SHOWN,
	});
	for await (const page of pages) for (const bill of page.items) found.push({ bill, source });
	return found;
}

function titleOf({ number, identity, billDate, total }: Bill, { title }: Source): string {
	const amount = total === null ? [] : [`${total.amount} ${total.currency ?? ''}`.trim()];
	return [number ?? identity.remoteId, billDate ?? 'undated', ...amount, title].join(' · ');
}
