/** The lines of a bill, each made from its place alone, so that any slice of a million of them costs only the slice. */
import type { LedgerBill, LedgerLine } from './ledger';
import { DRESS, TAX_RATES } from './providerDress';
import { hash32, pick } from './seededRandom';

/** Every so many lines of an invoice one is a credit, which the line before it makes up for. */
const CREDIT_EVERY = 7;
const CREDIT_AT = 5;
/** Weight of a line before its random part. */
const WEIGHT = 1_000;

const PRODUCTS: readonly [readonly [string, LedgerLine['kind']], ...(readonly [string, LedgerLine['kind']])[]] = [
	['Ethernet Access 100 Mbit/s', 'recurring'],
	['IP VPN Port', 'recurring'],
	['Mobile Data Pool', 'usage'],
	['Voice Minutes International', 'usage'],
	['Managed Router', 'recurring'],
	['Installation', 'oneTime'],
	['SIM Card', 'oneTime'],
	['Cloud Firewall', 'recurring'],
];

const SITES: readonly [LedgerLine['site'], ...LedgerLine['site'][]] = [
	{ id: 'S-001', name: 'Head Office', city: 'Paris', country: 'FR' },
	{ id: 'S-002', name: 'Warehouse; North', city: 'Hamburg', country: 'DE' },
	{ id: 'S-003', name: 'Data Centre', city: 'Denver', country: 'US' },
	{ id: 'S-004', name: 'Büro "Süd"', city: 'München', country: 'DE' },
];

/** Makes line `index` of a bill. `ordinal` is the bill's place in its provider's books. */
export function billLine(seed: number, bill: LedgerBill, ordinal: number, index: number): LedgerLine {
	const dress = DRESS[bill.provider];
	const random = hash32(seed, dress.ordinal, ordinal, index, 7);
	const [productName, productKind] = pick(PRODUCTS, random);
	const kind = bill.type === 'creditNote' || isCredit(bill, index) ? 'credit' : productKind;
	return {
		bill,
		index,
		id: dress.lineId(ordinal, index, kind),
		kind,
		productId: `P-${100 + (random % PRODUCTS.length)}`,
		productName,
		description: kind === 'credit' ? `Credit: ${productName}` : `${productName}, ${bill.periodStart.slice(0, 7)}`,
		serviceId: `SVC-${bill.account.number}-${(random >>> 8) % 50}`,
		site: pick(SITES, random >>> 4),
		periodStart: bill.periodStart,
		periodEnd: kind === 'oneTime' ? bill.periodStart : bill.periodEnd,
		quantity: kind === 'usage' ? 1 + ((random >>> 12) % 5_000) : 1,
		net: lineAmount(seed, bill, ordinal, index, bill.net),
		tax: lineAmount(seed, bill, ordinal, index, bill.tax),
		taxRate: TAX_RATES[bill.account.currency.code] ?? 0,
	};
}

function isCredit(bill: LedgerBill, index: number): boolean {
	return bill.type === 'invoice' && index % CREDIT_EVERY === CREDIT_AT;
}

/** The share of a bill's amount that a line bears; over all lines the shares add up to the amount exactly. */
function lineAmount(seed: number, bill: LedgerBill, ordinal: number, index: number, amount: bigint): bigint {
	const share = (at: number): bigint =>
		amountBefore(seed, bill, ordinal, at + 1, amount) - amountBefore(seed, bill, ordinal, at, amount);
	if (isCredit(bill, index)) return -(share(index) / 4n);
	const next = index + 1;
	if (next >= bill.lineCount || !isCredit(bill, next)) return share(index);
	return share(index) + share(next) + share(next) / 4n;
}

/** What the lines before `index` bear together: it only ever grows, from nothing to the whole amount. */
function amountBefore(seed: number, bill: LedgerBill, ordinal: number, index: number, amount: bigint): bigint {
	if (index >= bill.lineCount) return amount;
	const jitter = index === 0 ? 0 : hash32(seed, DRESS[bill.provider].ordinal, ordinal, index, 11) % WEIGHT;
	return (amount * BigInt(index * WEIGHT + jitter)) / BigInt(bill.lineCount * WEIGHT);
}
