/** A few made-up bills as the four providers would write them. Every name and number says that it is a sample. */
import type { JsonObject } from '../../shared/core';

export const LUMEN_ACCOUNT = 'SAMPLE-5-AAAA0001';

const usd = (value: number): JsonObject => ({ unit: 'USD', value });
const eur = (value: number): JsonObject => ({ unit: 'EUR', value });

export const LUMEN_BILLS: readonly JsonObject[] = [
	{
		id: 'SAMPLE-L-1001',
		billNo: 'SAMPLE-L-1001',
		billDate: '2026-02-01T00:00:00Z',
		billingPeriod: { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2026-01-31T00:00:00Z' },
		paymentDueDate: '2026-03-03',
		taxExcludedAmount: usd(1250),
		taxIncludedAmount: usd(1348.75),
		amountDue: usd(1348.75),
	},
	{
		id: 'SAMPLE-L-1002',
		billNo: 'SAMPLE-L-1002',
		billDate: '2026-03-01T00:00:00Z',
		billingPeriod: { startDateTime: '2026-02-01T00:00:00Z', endDateTime: '2026-02-28T00:00:00Z' },
		paymentDueDate: '2026-03-31',
		taxExcludedAmount: usd(1312.4),
		taxIncludedAmount: usd(1416.08),
		amountDue: usd(1416.08),
	},
];

export const LUMEN_RATES: readonly JsonObject[] = [
	{
		id: 'SAMPLE-LR-1',
		bill: { id: 'SAMPLE-L-1002' },
		name: 'Dedicated Internet Access 1 Gbit/s (sample)',
		type: 'recurringCharge',
		product: { id: 'SAMPLE-DIA', name: 'Dedicated Internet Access' },
		taxExcludedAmount: usd(1250),
		taxIncludedAmount: usd(1348.75),
	},
	{
		id: 'SAMPLE-LR-2',
		bill: { id: 'SAMPLE-L-1002' },
		name: 'Bandwidth above commitment (sample)',
		type: 'usageCharge',
		product: { id: 'SAMPLE-DIA', name: 'Dedicated Internet Access' },
		taxExcludedAmount: usd(62.4),
		taxIncludedAmount: usd(67.33),
	},
];

export const ORACLE_BILLS: readonly JsonObject[] = [
	{
		id: 'SAMPLE-0.0.0.1+-bill+101',
		billNo: 'SAMPLE-B1-101',
		category: 'normal',
		runType: 'onCycle',
		state: 'partiallyPaid',
		billDate: '2026-02-15T00:00:00Z',
		nextBillDate: '2026-03-15T00:00:00Z',
		paymentDueDate: '2026-03-15T00:00:00Z',
		lastUpdate: '2026-02-20T09:30:00Z',
		billingPeriod: { startDateTime: '2026-01-15T00:00:00Z', endDateTime: '2026-02-15T00:00:00Z' },
		taxExcludedAmount: eur(420),
		taxIncludedAmount: eur(499.8),
		amountDue: eur(499.8),
		remainingAmount: eur(199.8),
		taxItem: [{ taxCategory: 'VAT', taxRate: 19, taxAmount: eur(79.8) }],
		appliedPayment: [
			{ appliedAmount: eur(300), payment: { id: 'SAMPLE-PAY-1', name: 'Bank transfer', amount: eur(300) } },
		],
		billingAccount: { id: 'SAMPLE-0.0.0.1+-account+7', accountNumber: 'SAMPLE-7', name: 'Sample Ltd (not a customer)' },
		relatedParty: [{ id: 'SAMPLE-P-1', name: 'Sample Ltd (not a customer)', role: 'customer' }],
		billDocument: [],
	},
	{
		id: 'SAMPLE-0.0.0.1+-bill+102',
		billNo: 'SAMPLE-B1-102',
		category: 'creditNote',
		runType: 'offCycle',
		state: 'settled',
		billDate: '2026-02-25T00:00:00Z',
		paymentDueDate: '2026-02-25T00:00:00Z',
		lastUpdate: '2026-02-25T12:00:00Z',
		taxExcludedAmount: eur(50),
		taxIncludedAmount: eur(59.5),
		amountDue: eur(59.5),
		remainingAmount: eur(0),
		billingAccount: { id: 'SAMPLE-0.0.0.1+-account+7', accountNumber: 'SAMPLE-7', name: 'Sample Ltd (not a customer)' },
		billDocument: [],
	},
];

const ORACLE_BILL = { id: 'SAMPLE-0.0.0.1+-bill+101' };

export const ORACLE_RATES: readonly JsonObject[] = [
	{
		id: 'SAMPLE-OR-1',
		name: 'Mobile L, 14 lines (sample)',
		type: 'recurringCharge',
		isBilled: true,
		date: '2026-02-15T00:00:00Z',
		bill: ORACLE_BILL,
		billingAccount: { id: 'SAMPLE-0.0.0.1+-account+7' },
		product: { id: 'SAMPLE-MOB-L', name: 'Mobile L' },
		periodCoverage: { startDateTime: '2026-01-15T00:00:00Z', endDateTime: '2026-02-15T00:00:00Z' },
		taxExcludedAmount: eur(350),
		taxIncludedAmount: eur(416.5),
		appliedTax: [{ taxCategory: 'VAT', taxRate: 19, taxAmount: eur(66.5) }],
	},
	{
		id: 'SAMPLE-OR-2',
		name: 'Roaming data (sample)',
		type: 'usageCharge',
		isBilled: true,
		date: '2026-02-03T00:00:00Z',
		bill: ORACLE_BILL,
		billingAccount: { id: 'SAMPLE-0.0.0.1+-account+7' },
		product: { id: 'SAMPLE-ROAM', name: 'Roaming data' },
		periodCoverage: { startDateTime: '2026-01-15T00:00:00Z', endDateTime: '2026-02-15T00:00:00Z' },
		taxExcludedAmount: eur(70),
		taxIncludedAmount: eur(83.3),
		appliedTax: [{ taxCategory: 'VAT', taxRate: 19, taxAmount: eur(13.3) }],
	},
];

export const FLOLIVE_CUSTOMER = 'SAMPLE-20100';

export const FLOLIVE_INVOICES: readonly JsonObject[] = [
	{
		id: 'sample-62e8ba66-3a2d-4919-ae16-f87f35845a4b',
		invoiceNumber: 'SAMPLE-F-1134',
		creationTime: '2026-03-02T00:00:00.977Z',
		billingCycleStartDate: '2026-02-01T00:00:00.977Z',
		billingCycleEndDate: '2026-02-28T23:59:59.977Z',
		currency: 'USD',
		taxAmount: 25.9,
		netAmount: 185.1,
		totalAmount: 211,
		dueDate: '2026-04-01',
	},
];

export const ORANGE_BILLS: readonly JsonObject[] = [
	{
		id: 'SAMPLE-OB-2001',
		number: 'SAMPLE-OB-2001',
		type: 'invoice',
		sendingFormat: 'eInvoicing',
		issuedAt: '2026-02-28',
		dueDate: '2026-03-30',
		updatedAt: '2026-03-01T06:00:00Z',
		period: { startDate: '2026-02-01', endDate: '2026-02-28' },
		customer: { id: 'SAMPLE-C-1', name: 'Sample SA (not a customer)' },
		billingAccount: { id: 'SAMPLE-BA-1', name: 'Sample SA (not a customer)' },
		currency: { id: 'EUR' },
		taxExcludedAmount: 2400,
		taxAmount: 480,
		taxIncludedAmount: 2880,
	},
	{
		id: 'SAMPLE-OB-2002',
		number: 'SAMPLE-OB-2002',
		type: 'creditNote',
		sendingFormat: 'eInvoicing',
		issuedAt: '2026-03-03',
		updatedAt: '2026-03-03T06:00:00Z',
		customer: { id: 'SAMPLE-C-1', name: 'Sample SA (not a customer)' },
		billingAccount: { id: 'SAMPLE-BA-1', name: 'Sample SA (not a customer)' },
		creditedBill: { id: 'SAMPLE-OB-2001' },
		currency: { id: 'EUR' },
		taxExcludedAmount: 100,
		taxAmount: 20,
		taxIncludedAmount: 120,
	},
];

/** Items of the first of Orange's bills. */
export const ORANGE_ITEMS: readonly JsonObject[] = [
	{
		id: 'SAMPLE-OI-1',
		name: 'Business VPN, site Lyon (sample)',
		chargeType: 'recurring',
		product: { id: 'SAMPLE-BVPN', name: 'Business VPN' },
		currency: { id: 'EUR' },
		taxExcludedAmount: 1500,
		taxAmount: 300,
		taxIncludedAmount: 1800,
	},
	{
		id: 'SAMPLE-OI-2',
		name: 'Business VPN, site Nantes (sample)',
		chargeType: 'recurring',
		product: { id: 'SAMPLE-BVPN', name: 'Business VPN' },
		currency: { id: 'EUR' },
		taxExcludedAmount: 900,
		taxAmount: 180,
		taxIncludedAmount: 1080,
	},
];
