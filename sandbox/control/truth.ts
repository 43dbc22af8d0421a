/** The truth the data was made from: every bill's exact amounts, before any provider's dress. */
import type { FastifyInstance } from 'fastify';

import type { SandboxContext } from '../context';
import { type LedgerBill, type LedgerCurrency, type SandboxProvider, majorUnits } from '../data/ledger';
import { PROVIDERS } from '../data/providerDress';
import { queryValue } from '../http/request';

/** All amounts are exact decimal text in major units, signed by effect on what is owed: credit notes are negative. */
export interface TrueBill {
	readonly id: string;
	/** Null while the bill is in progress. */
	readonly number: string | null;
	readonly type: LedgerBill['type'];
	readonly standing: LedgerBill['standing'];
	readonly billDate: string;
	readonly periodStart: string;
	readonly periodEnd: string;
	readonly dueDate: string;
	readonly updatedAt: string;
	readonly currency: string;
	readonly net: string;
	readonly tax: string;
	readonly total: string;
	readonly paid: string;
	readonly remaining: string;
	readonly revision: number;
	/** How many lines the bill has, and what they add up to. */
	readonly lines: { readonly count: number; readonly net: string; readonly tax: string };
}

export interface TrueSums {
	readonly bills: number;
	readonly currency: string;
	readonly net: string;
	readonly tax: string;
	readonly total: string;
	readonly remaining: string;
}

export interface TrueAccount {
	readonly id: string;
	readonly number: string;
	readonly name: string;
	readonly currency: string;
	readonly sums: TrueSums;
	readonly bills: readonly TrueBill[];
}

export interface Truth {
	readonly today: string;
	readonly seed: number;
	readonly providers: Readonly<Partial<Record<SandboxProvider, TrueProvider>>>;
}

export interface TrueProvider {
	/** One entry a currency: currencies are never added together. */
	readonly sums: readonly TrueSums[];
	readonly accounts: readonly TrueAccount[];
}

/** `GET /__sandbox/truth`, narrowed by `provider` and `account` where they are given. */
export function addTruth(app: FastifyInstance, context: SandboxContext): void {
	app.get('/__sandbox/truth', async (request) => {
		const wanted = queryValue(request, 'provider');
		const providers = PROVIDERS.filter((provider) => wanted === undefined || provider === wanted);
		const account = queryValue(request, 'account');
		return truthOf(context, providers, account);
	});
}

function truthOf(context: SandboxContext, providers: readonly SandboxProvider[], accountId?: string): Truth {
	const entries = providers.map((provider) => [provider, providerTruth(context, provider, accountId)] as const);
	return { today: context.options.today, seed: context.options.seed, providers: Object.fromEntries(entries) };
}

function providerTruth({ ledger }: SandboxContext, provider: SandboxProvider, accountId?: string): TrueProvider {
	const accounts = ledger
		.accounts(provider)
		.filter((account) => accountId === undefined || account.id === accountId)
		.map((account) => ({ account, bills: ledger.bills(provider, account.id) }));
	const currencies = new Map(accounts.map(({ account }) => [account.currency.code, account.currency]));
	return {
		sums: [...currencies.values()].map((currency) =>
			sumsOf(
				accounts.filter(({ account }) => account.currency.code === currency.code).flatMap(({ bills }) => bills),
				currency,
			),
		),
		accounts: accounts.map(({ account, bills }) => ({
			id: account.id,
			number: account.number,
			name: account.name,
			currency: account.currency.code,
			sums: sumsOf(bills, account.currency),
			bills: bills.map(trueBill),
		})),
	};
}

export function trueBill(bill: LedgerBill): TrueBill {
	const { currency } = bill.account;
	const net = majorUnits(bill.net, currency);
	const tax = majorUnits(bill.tax, currency);
	return {
		id: bill.id,
		number: bill.number === '' ? null : bill.number,
		type: bill.type,
		standing: bill.standing,
		billDate: bill.billDate,
		periodStart: bill.periodStart,
		periodEnd: bill.periodEnd,
		dueDate: bill.dueDate,
		updatedAt: bill.updatedAt,
		currency: currency.code,
		net,
		tax,
		total: majorUnits(bill.total, currency),
		paid: majorUnits(bill.paid, currency),
		remaining: majorUnits(bill.total - bill.paid, currency),
		revision: bill.revision,
		// By construction: a bill's amounts are what is shared out among its lines.
		lines: { count: bill.lineCount, net, tax },
	};
}

function sumsOf(bills: readonly LedgerBill[], currency: LedgerCurrency): TrueSums {
	const sum = (amount: (bill: LedgerBill) => bigint): string =>
		majorUnits(
			bills.reduce((total, bill) => total + amount(bill), 0n),
			currency,
		);
	return {
		bills: bills.length,
		currency: currency.code,
		net: sum((bill) => bill.net),
		tax: sum((bill) => bill.tax),
		total: sum((bill) => bill.total),
		remaining: sum((bill) => bill.total - bill.paid),
	};
}
