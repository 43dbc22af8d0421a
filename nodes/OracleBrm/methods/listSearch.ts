/** The lists of the resource locators: bills by their number, and the accounts that recent bills name. */
import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

import { type Bill, type CalendarDate, type Page, addMonths, dateOfMillis } from '../../shared/core';
import { n8nClock } from '../../shared/clock';
import { toNodeError } from '../../shared/errors';
import { billEntry } from '../../shared/locators';
import { connectList } from '../connect';

const SHOWN_BILLS = 100;
/** A list is for choosing from: what is not among the first pages is found by searching, or named by its ID. */
const MOST_PAGES = 10;
const RECENT_MONTHS = 3;

/** Bills whose number has the text in it, in the server's order. */
export async function searchBills(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const text = filter?.trim() ?? '';
	return listed(this, async () => {
		const { connector } = await connectList(this);
		const bills = await firstPages(
			connector.bills({ maxRows: SHOWN_BILLS, ...(text === '' ? {} : { numberLike: `*${text}*` }) }),
		);
		return bills.map(accountedEntry);
	});
}

/** Accounts on the bills of the last months; where there are none, on any bills. Names, numbers and IDs are searched. */
export async function searchAccounts(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const text = filter?.trim().toLowerCase() ?? '';
	return listed(this, async () => {
		const { connector } = await connectList(this);
		const read = async (from?: CalendarDate): Promise<readonly Bill[]> =>
			firstPages(
				connector.bills(from === undefined ? {} : { billDate: { from } }, {
					record: { fields: ['billingAccount', 'billDate'] },
				}),
			);
		const recent = await read(addMonths(dateOfMillis(n8nClock.now()), -RECENT_MONTHS));
		const entries = accountEntries(recent.length > 0 ? recent : await read());
		return entries.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(text));
	});
}

async function listed(
	context: ILoadOptionsFunctions,
	read: () => Promise<INodeListSearchItems[]>,
): Promise<INodeListSearchResult> {
	try {
		return { results: await read() };
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}

async function firstPages(pages: AsyncIterable<Page<Bill>>): Promise<readonly Bill[]> {
	const bills: Bill[] = [];
	let read = 0;
	for await (const { items } of pages) {
		bills.push(...items);
		read += 1;
		if (read >= MOST_PAGES) break;
	}
	return bills;
}

/** With the account's name, since the list has the bills of all accounts. */
function accountedEntry(bill: Bill): INodeListSearchItems {
	const { name, value } = billEntry(bill);
	const account = bill.billingAccount?.name ?? bill.billingAccount?.number ?? null;
	return { name: account === null ? name : `${name} | ${account}`, value };
}

function accountEntries(bills: readonly Bill[]): INodeListSearchItems[] {
	const entries = new Map<string, INodeListSearchItems>();
	for (const { billingAccount } of bills) {
		if (billingAccount === null) continue;
		const { id, name, number } = billingAccount;
		const label = [name, number].filter((part) => part !== null).join(' | ');
		entries.set(id, { name: label === '' ? id : label, value: id });
	}
	return [...entries.values()].sort((left, right) => left.name.localeCompare(right.name));
}
