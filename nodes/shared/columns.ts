/** Bills, rates and accounts as flat items: stable columns, money as a number and as its exact text, currency beside. */
import type { IDataObject } from 'n8n-workflow';

import {
	type Bill,
	type BillField,
	type BillingAccount,
	BILL_FIELDS,
	type Capabilities,
	type CurrencyCode,
	type Decimal,
	type LocalId,
	type Money,
	type Provider,
	type Rate,
	type SummaryRow,
	PROVIDERS,
	availabilityOf,
	contentHash,
} from './core';

/** An amount without its currency, as a number and as its exact text. */
export function amountColumns(name: string, amount: Decimal | null): IDataObject {
	return { [name]: amount === null ? null : Number(amount), [`${name}Exact`]: amount };
}

/** `total`: a number for sums and charts. `totalExact`: the decimal text to post. Null in both where there is none. */
export function moneyColumns(name: string, money: Money | null): IDataObject {
	return amountColumns(name, money?.amount ?? null);
}

/** For a table that is read: the currency stands beside the amount, the exact text after it. */
function readAmount(name: string, money: Money | null): IDataObject {
	return { [name]: null, currency: money?.currency ?? null, ...moneyColumns(name, money) };
}

function allMoneyColumns(amounts: Readonly<Record<string, Money | null>>): IDataObject {
	return Object.fromEntries(
		Object.entries(amounts).flatMap(([name, money]) => Object.entries(moneyColumns(name, money))),
	);
}

/** The currency that all amounts share; null where none is stated or where they differ (then `currencies` says which is whose). */
function currencyColumns(amounts: Readonly<Record<string, Money | null>>): IDataObject {
	const stated = new Set(
		Object.values(amounts).flatMap((money): (CurrencyCode | null)[] => (money === null ? [] : [money.currency])),
	);
	if (stated.size <= 1) return { currency: [...stated][0] ?? null };
	return {
		currency: null,
		currencies: Object.fromEntries(Object.entries(amounts).map(([name, money]) => [name, money?.currency ?? null])),
	};
}

/** A key that names a bill across providers, for the "By Key" fields and for idempotency downstream. */
export function billKey({ identity }: Pick<Bill, 'identity'>): string {
	return [identity.provider, identity.scope, identity.remoteId].map(encodeURIComponent).join(':');
}

/** What a key names; null for what is no key. */
export function readBillKey(key: string): (LocalId & { readonly provider: Provider }) | null {
	const [provider, scope, remoteId, ...more] = key.trim().split(':').map(decoded);
	if (scope === undefined || remoteId === undefined || remoteId === '' || more.length > 0) return null;
	const known = PROVIDERS.find((name) => name === provider);
	return known === undefined ? null : { provider: known, scope, remoteId };
}

/** A percent sign that encodes nothing stays as it is. */
function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** At most ten columns, those that people read first: a table in n8n shows five or six. */
export function simpleBill(bill: Bill): IDataObject {
	return {
		number: bill.number,
		type: bill.type,
		billDate: bill.billDate,
		...readAmount('total', bill.total),
		dueDate: bill.dueDate,
		account: bill.billingAccount?.number ?? bill.billingAccount?.id ?? null,
		paymentStatus: bill.paymentStatus,
		id: bill.identity.remoteId,
	};
}

/** The same across providers: at most ten columns, with the key that the bill is found by again. */
export function simpleBillOfAny(bill: Bill): IDataObject {
	return {
		provider: bill.identity.provider,
		number: bill.number,
		billDate: bill.billDate,
		...readAmount('total', bill.total),
		dueDate: bill.dueDate,
		account: bill.billingAccount?.number ?? bill.billingAccount?.id ?? null,
		paymentStatus: bill.paymentStatus,
		key: billKey(bill),
	};
}

/** Everything the model knows of a bill, one column a fact. */
export function billColumns(bill: Bill, capabilities: Capabilities): IDataObject {
	const amounts = {
		net: bill.net,
		tax: bill.tax,
		total: bill.total,
		amountDue: bill.amountDue,
		remaining: bill.remaining,
	};
	return {
		key: billKey(bill),
		provider: bill.identity.provider,
		id: bill.identity.remoteId,
		number: bill.number,
		type: bill.type,
		category: bill.category,
		state: bill.state,
		stateRaw: bill.stateRaw,
		paymentStatus: bill.paymentStatus,
		billDate: bill.billDate,
		dueDate: bill.dueDate,
		periodStart: bill.period?.start ?? null,
		periodEnd: bill.period?.end ?? null,
		periodEndCounts: bill.period?.endCounts ?? null,
		nextBillDate: bill.nextBillDate,
		lastUpdate: bill.lastUpdate,
		...allMoneyColumns(amounts),
		...currencyColumns(amounts),
		accountId: bill.billingAccount?.id ?? null,
		accountNumber: bill.billingAccount?.number ?? null,
		accountName: bill.billingAccount?.name ?? null,
		runType: bill.runType,
		references: bill.references,
		taxItems: listColumn(bill.taxItems),
		payments: listColumn(bill.payments),
		relatedParties: listColumn(bill.relatedParties),
		documents: bill.documents?.map(({ id, name, mediaType, size }) => ({ id, name, mediaType, size })) ?? null,
		signPolicy: bill.signPolicy,
		availability: Object.fromEntries(
			BILL_FIELDS.map((field) => [
				field,
				availabilityOf(field, givenValue(bill, field), bill.notes, capabilities.billFields),
			]),
		),
		notices: [...bill.notices],
		contentHash: contentHash(bill.raw),
	};
}

/** Null where the model only says that nothing was given. */
function givenValue(bill: Bill, field: BillField): unknown {
	if (field === 'rates' || bill[field] === 'NOT_REPORTED') return null;
	return bill[field];
}

export function simpleRate(rate: Rate): IDataObject {
	return {
		product: rate.product?.name ?? rate.name,
		description: rate.description,
		type: rate.type,
		periodStart: rate.period?.start ?? null,
		periodEnd: rate.period?.end ?? null,
		...readAmount('net', rate.net),
		billId: rate.bill?.remoteId ?? null,
		id: rate.identity.remoteId,
	};
}

/** The same across providers: at most ten columns. */
export function simpleRateOfAny(rate: Rate): IDataObject {
	return {
		provider: rate.identity.provider,
		product: rate.product?.name ?? rate.name,
		description: rate.description,
		type: rate.type,
		periodStart: rate.period?.start ?? null,
		periodEnd: rate.period?.end ?? null,
		...readAmount('net', rate.net),
		billId: rate.bill?.remoteId ?? null,
	};
}

export function rateColumns(rate: Rate): IDataObject {
	const amounts = { net: rate.net, tax: rate.tax, gross: rate.gross, unitPrice: rate.unitPrice };
	return {
		provider: rate.identity.provider,
		id: rate.identity.remoteId,
		billId: rate.bill?.remoteId ?? null,
		accountId: rate.billingAccountId,
		type: rate.type,
		typeRaw: rate.typeRaw,
		name: rate.name,
		description: rate.description,
		productId: rate.product?.id ?? null,
		productName: rate.product?.name ?? null,
		date: rate.date,
		periodStart: rate.period?.start ?? null,
		periodEnd: rate.period?.end ?? null,
		...allMoneyColumns(amounts),
		...currencyColumns(amounts),
		quantity: rate.quantity === null ? null : Number(rate.quantity),
		quantityExact: rate.quantity,
		isBilled: rate.isBilled,
		taxItems: listColumn(rate.taxItems),
		characteristics: Object.fromEntries(rate.characteristics.map(({ name, value }) => [name, value])),
		notices: [...rate.notices],
	};
}

/** `netMissing` and its like: how many rates of the group lack the amount. */
export function summaryColumns({ key, name, currency, rates, net, tax, gross }: SummaryRow): IDataObject {
	return {
		key,
		name,
		rates,
		...amountColumns('net', net.sum),
		netMissing: net.missing,
		...amountColumns('tax', tax.sum),
		taxMissing: tax.missing,
		...amountColumns('gross', gross.sum),
		grossMissing: gross.missing,
		currency,
	};
}

export function accountColumns(account: BillingAccount): IDataObject {
	return {
		provider: account.identity.provider,
		id: account.identity.remoteId,
		number: account.number,
		name: account.name,
	};
}

/** Null stays null: the provider cannot give the list. An empty list means that it says there is none. */
function listColumn(list: readonly object[] | null): IDataObject[] | null {
	return list === null ? null : list.map((entry) => ({ ...entry }));
}
