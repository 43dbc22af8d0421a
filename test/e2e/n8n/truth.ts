// The sandbox's truth, and rows of it beside rows of what nodes give, so that the two can be compared as wholes.
import Big from 'big.js';
import type { IDataObject } from 'n8n-workflow';

import type { TrueAccount, TrueBill, Truth } from '../../../sandbox/control/truth';
import { type LedgerLine, type SandboxProvider, majorUnits } from '../../../sandbox/data/ledger';
import type { RunningSandbox } from '../../../sandbox/server';

export type { TrueAccount, TrueBill };

export async function trueAccounts(
	{ url }: Pick<RunningSandbox, 'url'>,
	provider: SandboxProvider,
): Promise<readonly TrueAccount[]> {
	const response = await fetch(`${url}/__sandbox/truth?provider=${provider}`);
	const { providers } = (await response.json()) as Truth;
	return providers[provider]?.accounts ?? [];
}

export async function trueBills(
	sandbox: Pick<RunningSandbox, 'url'>,
	provider: SandboxProvider,
): Promise<readonly TrueBill[]> {
	return (await trueAccounts(sandbox, provider)).flatMap(({ bills }) => bills);
}

/** `25.9` and `25.90` are one amount; nothing else is. */
export function exact(amount: unknown): string {
	if (typeof amount !== 'string') throw new TypeError(`no exact amount: ${String(amount)}`);
	return new Big(amount).toFixed();
}

/** To the last decimal. */
export function exactSum(amounts: readonly unknown[]): string {
	return amounts.reduce((sum: Big, amount) => sum.plus(exact(amount)), new Big(0)).toFixed();
}

/** One text a bill: number, date, exact total with its sign, currency. */
export function billRows(bills: readonly (IDataObject | TrueBill)[]): readonly string[] {
	return bills.map(billRow).sort();
}

export function billRow(bill: IDataObject | TrueBill): string {
	const { number, billDate, currency } = bill;
	const total = 'totalExact' in bill ? bill.totalExact : bill.total;
	return JSON.stringify([number, billDate, exact(total), currency]);
}

/** What the rates of some bills come to: how many, and the sum of their net amounts. */
export function rateSums(rates: readonly IDataObject[]): { count: number; net: string } {
	return { count: rates.length, net: exactSum(rates.map(({ netExact }) => netExact)) };
}

export function trueRateSums(bills: readonly TrueBill[]): { count: number; net: string } {
	return {
		count: bills.reduce((count, { lines }) => count + lines.count, 0),
		net: exactSum(bills.map(({ lines }) => lines.net)),
	};
}

/** One text a row of Summarize: group, currency, number of rates, sums of net and tax. */
export function summaryRows(rows: readonly IDataObject[], nameColumn = 'name'): readonly string[] {
	return rows
		.map((row) => JSON.stringify([row[nameColumn], row.currency, row.rates, exact(row.netExact), exact(row.taxExact)]))
		.sort();
}

/** The same from the books, line by line. */
export function trueSummaryRows(
	{ ledger }: Pick<RunningSandbox, 'ledger'>,
	provider: SandboxProvider,
	billIds: readonly string[],
	groupOf: (line: LedgerLine) => string,
): readonly string[] {
	const groups = new Map<string, { readonly head: readonly [string, string]; readonly lines: LedgerLine[] }>();
	for (const id of billIds) {
		const bill = ledger.bill(provider, id);
		if (bill === undefined) throw new Error(`the books have no bill ${id}`);
		for (const line of ledger.lines(bill)) {
			const head = [groupOf(line), bill.account.currency.code] as const;
			const group = groups.get(head.join()) ?? { head, lines: [] };
			group.lines.push(line);
			groups.set(head.join(), group);
		}
	}
	const sum = (lines: readonly LedgerLine[], amount: 'net' | 'tax'): string =>
		exactSum(lines.map((line) => majorUnits(line[amount], line.bill.account.currency)));
	return [...groups.values()]
		.map(({ head, lines }) => JSON.stringify([...head, lines.length, sum(lines, 'net'), sum(lines, 'tax')]))
		.sort();
}
