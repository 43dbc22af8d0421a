/**
 * Members of Orange's bills, items and accounts that no document names: the names they are known or likely to have, tried in
 * turn. A connection can name its own in `fields`, and these alone are then read.
 */

import { invalidParameter } from '../transport/errors';
import { checkedAttribute } from './collection';

/** Dotted names lead into nested records. */
export type FieldOverrides = Readonly<Partial<Record<AliasedField, string | readonly string[]>>>;

const BILL_ALIASES = {
	number: ['number', 'billNumber', 'invoiceNumber', 'billNo', 'documentNumber'],
	billDate: ['issuedAt', 'invoiceDate', 'billDate', 'issueDate', 'documentDate'],
	dueDate: ['dueDate', 'paymentDueDate', 'dueAt', 'paymentDueAt'],
	periodStart: [
		'period.startDate',
		'period.start',
		'period.from',
		'periodFrom',
		'periodStart',
		'billingPeriod.startDate',
	],
	periodEnd: ['period.endDate', 'period.end', 'period.to', 'periodTo', 'periodEnd', 'billingPeriod.endDate'],
	net: [
		'taxExcludedAmount',
		'amountTaxExcluded',
		'amountExclTax',
		'amountExcludingTax',
		'netAmount',
		'totalExclTax',
		'totalExcludingTax',
	],
	tax: ['taxAmount', 'amountTax', 'totalTax', 'tax', 'vatAmount'],
	total: [
		'taxIncludedAmount',
		'amountTaxIncluded',
		'amountInclTax',
		'amountIncludingTax',
		'grossAmount',
		'totalInclTax',
		'totalIncludingTax',
		'totalAmount',
		'amount',
		'total',
	],
	amountDue: ['amountDue', 'dueAmount', 'payableAmount', 'amountToPay'],
	remaining: ['remainingAmount', 'outstandingAmount', 'openAmount', 'balance'],
	currency: ['currency.id', 'currency.code', 'currencyCode', 'currency', 'invoicingCurrency'],
	accountId: ['billingAccount.id', 'billingAccountId', 'account.id', 'accountId'],
	accountNumber: ['billingAccount.number', 'billingAccount.accountNumber', 'accountNumber', 'account.number'],
	accountName: ['billingAccount.name', 'billingAccountName', 'account.name', 'accountName'],
	state: ['state', 'status'],
	references: ['creditedBill.id', 'originalBill.id', 'relatedBill.id', 'originalInvoice', 'creditedInvoice'],
} as const satisfies Record<string, readonly string[]>;

const ITEM_ALIASES = {
	itemName: ['name', 'label', 'serviceDescription', 'service.name'],
	itemDescription: ['description', 'chargeDescription', 'charge.description'],
	itemType: ['chargeType', 'type', 'frequency', 'category'],
	itemDate: ['date', 'chargeDate', 'issuedAt'],
	itemPeriodStart: ['period.startDate', 'period.start', 'period.from', 'periodFrom', 'periodStart', 'startDate'],
	itemPeriodEnd: ['period.endDate', 'period.end', 'period.to', 'periodTo', 'periodEnd', 'endDate'],
	// The `amount` of a line, as that of a report, is the one before tax; on a bill it is the whole.
	itemNet: [...BILL_ALIASES.net, 'invoicingAmount', 'amount'],
	itemTax: BILL_ALIASES.tax,
	itemGross: BILL_ALIASES.total.filter((name) => name !== 'amount'),
	itemQuantity: ['quantity', 'units'],
	itemUnitPrice: ['unitPrice', 'monthlyPrice', 'price'],
	itemProductId: ['product.id', 'productId', 'installedOfferId', 'installedOffer.id', 'offer.id'],
	itemProductName: ['product.name', 'productName', 'installedOffer.name', 'offer.name'],
} as const satisfies Record<string, readonly string[]>;

const ACCOUNT_ALIASES = {
	accountResourceName: ['name', 'label', 'accountName', 'customer.name'],
	accountResourceNumber: ['number', 'accountNumber', 'billingAccountNumber'],
} as const satisfies Record<string, readonly string[]>;

export const FIELD_ALIASES = { ...BILL_ALIASES, ...ITEM_ALIASES, ...ACCOUNT_ALIASES };
export type AliasedField = keyof typeof FIELD_ALIASES;

export type FieldNames = Readonly<Record<AliasedField, readonly string[]>>;

/** The names to try, with a connection's own in place of the known ones. @throws BillingError INVALID_REQUEST */
export function fieldNames(overrides: FieldOverrides = {}): FieldNames {
	const own = Object.entries(overrides).map(([field, names]) => [field, checkedNames(field, names)]);
	return { ...FIELD_ALIASES, ...(Object.fromEntries(own) as Partial<FieldNames>) };
}

function checkedNames(field: string, names: string | readonly string[]): readonly string[] {
	if (!Object.hasOwn(FIELD_ALIASES, field)) {
		throw invalidParameter('fields', `names "${field}"`, `Fields are: ${Object.keys(FIELD_ALIASES).join(', ')}.`);
	}
	const list = typeof names === 'string' ? [names] : names;
	if (list.length === 0) throw invalidParameter(`fields.${field}`, 'is an empty list', 'Name the member to read.');
	return list.map((name) => checkedAttribute(name, `fields.${field}`));
}
