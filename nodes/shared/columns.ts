/** Bills, rates and accounts as flat items: stable columns, money as a number and as its exact text, currency beside. */
import type { IDataObject } from 'n8n-workflow';

import {
	type Bill,
	type BillingAccount,
	BILL_FIELDS,
	type Capabilities,
	type CurrencyCode,
	type Money,
	type Rate,
	availabilityOf,
	contentHash,
} from './core';

/** `total`: a number for sums and charts. `totalExact`: the decimal text to post. Null in both where there is none. */
function moneyColumns(name: string, money: Money | null): IDataObject {
	return { [name]: money === null ? null : Number(money.amount), [`${name}Exact`]: money?.amount ?? null };
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

/** A key that names a bill across providers, for the "By ID" fields and for idempotency downstream. */
export function billKey({ identity }: Pick<Bill, 'identity'>): string {
	return [identity.provider, identity.scope, identity.remoteId].map(encodeURIComponent).join(':');
}

/** At most ten columns, the most used first. */
export function simpleBill(bill: Bill): IDataObject {
	return {
		id: bill.identity.remoteId,
		number: bill.number,
		type: bill.type,
		account: bill.billingAccount?.number ?? bill.billingAccount?.id ?? null,
		billDate: bill.billDate,
		dueDate: bill.dueDate,
		paymentStatus: bill.paymentStatus,
		...moneyColumns('total', bill.total),
		currency: bill.total?.currency ?? null,
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
				availabilityOf(field, field === 'rates' ? null : bill[field], bill.notes, capabilities.billFields),
			]),
		),
		notices: [...bill.notices],
		contentHash: contentHash(bill.raw),
	};
}

export function simpleRate(rate: Rate): IDataObject {
	return {
		id: rate.identity.remoteId,
		billId: rate.bill?.remoteId ?? null,
		type: rate.type,
		product: rate.product?.name ?? rate.name,
		description: rate.description,
		periodStart: rate.period?.start ?? null,
		periodEnd: rate.period?.end ?? null,
		...moneyColumns('net', rate.net),
		currency: rate.net?.currency ?? null,
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
