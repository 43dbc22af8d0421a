/**
 * JSON schemas of TMF678 records, written from the types of the v4.0.0 specification and of Oracle's "Get Customer Bills".
 * No member beyond them is let pass.
 */

export interface Flavour {
	/** Oracle writes members without a value as null. */
	readonly writesNull: boolean;
	readonly billStates: readonly string[];
	readonly rateTypes: readonly string[];
	/** Members of Oracle's extended types. */
	readonly extended: boolean;
}

export const STANDARD: Flavour = {
	writesNull: false,
	billStates: ['new', 'onHold', 'validated', 'sent', 'partiallyPaid', 'settled'],
	rateTypes: ['appliedBillingCharge', 'appliedBillingCredit', 'appliedPenaltyCharge'],
	extended: false,
};

/** "Allowed Values" of a bill's state; the types of rates are Oracle's own words, of which no list is published. */
export const ORACLE: Flavour = {
	writesNull: true,
	billStates: ['new', 'partiallyPaid', 'settled', 'onHold', 'inProgress'],
	rateTypes: ['recurringCharge', 'oneTimeCharge', 'usageCharge', 'appliedBillingCredit'],
	extended: false,
};

const TEXT = { type: 'string' };
const NUMBER = { type: 'number' };
const DATE_TIME = {
	type: 'string',
	pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
};
const BASE64 = { type: 'string', pattern: '^[A-Za-z0-9+/]+=*$' };

const listOf = (items: object): object => ({ type: 'array', items });

export interface TmfSchemas {
	readonly customerBill: object;
	readonly appliedCustomerBillingRate: object;
	readonly customerBillOnDemand: object;
	readonly error: object;
}

export function tmfSchemas({ writesNull, billStates, rateTypes, extended }: Flavour): TmfSchemas {
	/** Only what is required may not be null. */
	const objectOf = (properties: Readonly<Record<string, object>>, required: readonly string[] = []): object => {
		const all = { '@type': TEXT, '@baseType': TEXT, '@schemaLocation': TEXT, ...properties };
		const members = Object.entries(all).map(([name, schema]) =>
			writesNull && !required.includes(name) ? [name, { anyOf: [schema, { type: 'null' }] }] : [name, schema],
		);
		return { type: 'object', properties: Object.fromEntries(members) as object, required, additionalProperties: false };
	};
	const money = objectOf({ unit: { type: 'string', pattern: '^[A-Z]{3}$' }, value: NUMBER }, ['unit', 'value']);
	// "You can specify only endDateTime or both."
	const timePeriod = objectOf({ startDateTime: DATE_TIME, endDateTime: DATE_TIME }, ['endDateTime']);
	const referenceOf = (more: Readonly<Record<string, object>> = {}): object =>
		objectOf({ id: TEXT, href: TEXT, name: TEXT, '@referredType': TEXT, ...more }, ['id']);
	const reference = referenceOf();
	const relatedParty = referenceOf({ role: TEXT });
	// The account's number is Oracle's.
	const billingAccount = referenceOf(writesNull ? { accountNumber: TEXT } : {});
	const accountBalance = objectOf({ amount: money, balanceType: TEXT, validFor: timePeriod }, [
		'amount',
		'balanceType',
		'validFor',
	]);
	const taxItem = objectOf({ taxCategory: TEXT, taxRate: NUMBER, taxAmount: money });
	const attachment = objectOf({
		id: TEXT,
		href: TEXT,
		'@referredType': TEXT,
		attachmentType: TEXT,
		content: BASE64,
		description: TEXT,
		mimeType: TEXT,
		name: TEXT,
		url: { type: 'string', pattern: '^https?://' },
		size: objectOf({ amount: NUMBER, units: TEXT }),
		validFor: timePeriod,
	});
	return {
		customerBill: objectOf(
			{
				id: TEXT,
				href: TEXT,
				billNo: TEXT,
				billDate: DATE_TIME,
				nextBillDate: DATE_TIME,
				paymentDueDate: DATE_TIME,
				lastUpdate: DATE_TIME,
				category: TEXT,
				runType: { enum: ['onCycle', 'offCycle'] },
				state: { enum: billStates },
				amountDue: money,
				remainingAmount: money,
				taxExcludedAmount: money,
				taxIncludedAmount: money,
				billingPeriod: timePeriod,
				billingAccount,
				financialAccount: referenceOf({ accountBalance }),
				paymentMethod: reference,
				relatedParty: listOf(relatedParty),
				appliedPayment: listOf(objectOf({ appliedAmount: money, payment: referenceOf({ amount: money }) })),
				billDocument: listOf(attachment),
				taxItem: listOf(taxItem),
				...(extended && { billingCycleSpecification: reference }),
			},
			['id', 'href', 'state', 'billDate', 'paymentDueDate', 'amountDue'],
		),
		appliedCustomerBillingRate: objectOf(
			{
				id: TEXT,
				href: TEXT,
				name: TEXT,
				description: TEXT,
				date: DATE_TIME,
				type: { enum: rateTypes },
				isBilled: { type: 'boolean' },
				appliedTax: listOf(taxItem),
				bill: reference,
				billingAccount,
				characteristic: listOf(objectOf({ name: TEXT, value: {}, valueType: TEXT }, ['name', 'value'])),
				periodCoverage: timePeriod,
				product: reference,
				taxExcludedAmount: money,
				taxIncludedAmount: money,
				...(extended && { serviceId: TEXT }),
			},
			['id', 'href'],
		),
		customerBillOnDemand: objectOf(
			{
				id: TEXT,
				href: TEXT,
				name: TEXT,
				description: TEXT,
				// Plain text, not a date-time.
				lastUpdate: TEXT,
				billingAccount,
				customerBill: reference,
				relatedParty,
				state: { enum: ['inProgress', 'rejected', 'done', 'terminatedWithError'] },
			},
			['id', 'href', 'billingAccount', 'state'],
		),
		error: objectOf({ code: TEXT, reason: TEXT, message: TEXT, status: TEXT, referenceError: TEXT }, [
			'code',
			'reason',
		]),
	};
}
