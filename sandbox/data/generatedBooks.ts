/** Makes the accounts and bills of a provider from the seed: one bill a month and account, the newest last month. */
import { addDays, addMonths, calendarDay } from './calendar';
import type { LedgerAccount, LedgerBill, SandboxProvider } from './ledger';
import { DRESS, TAX_RATES } from './providerDress';
import { hash32 } from './seededRandom';

export interface BookOptions {
	readonly accounts: number;
	readonly billsPerAccount: number;
	readonly ratesPerBill: number;
	readonly seed: number;
	/** `YYYY-MM-DD`. */
	readonly today: string;
	/** Lumen's test environment holds these months and no others. */
	readonly lumenSandboxData: boolean;
}

/** One bill of the books bears an amount of 18 digits, which no float can hold. */
const LONG_AMOUNT = 123_456_789_012_345_678n;
/** Every so many bills one is a credit note, where the provider has them. */
const CREDIT_NOTE_EVERY = 8;

export function generatedAccounts(provider: SandboxProvider, options: BookOptions): LedgerAccount[] {
	const dress = DRESS[provider];
	return Array.from({ length: options.accounts }, (_, index) => ({
		provider,
		id: dress.accountId(options.seed, index),
		number: dress.accountNumber(index),
		name: dress.accountName(index),
		currency: dress.currencies[index % dress.currencies.length] ?? dress.currencies[0],
	}));
}

/** The bills of one account, oldest first; bill `b` of account `a` has the ordinal `a * bills per account + b`. */
export function generatedBills(account: LedgerAccount, accountIndex: number, options: BookOptions): LedgerBill[] {
	const today = account.provider === 'lumen' && options.lumenSandboxData ? '2021-12-15' : options.today;
	const count = account.provider === 'lumen' && options.lumenSandboxData ? 6 : options.billsPerAccount;
	return Array.from({ length: count }, (_, index) => {
		const age = count - 1 - index;
		const day = 2 + ((DRESS[account.provider].ordinal * 5 + accountIndex * 7) % 26);
		const billDate = calendarDay(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1 - age, day);
		return generatedBill(account, accountIndex * options.billsPerAccount + index, { age, billDate, options });
	});
}

interface BillPlace {
	/** Bills of the account that are newer. */
	readonly age: number;
	readonly billDate: string;
	readonly options: BookOptions;
}

function generatedBill(account: LedgerAccount, ordinal: number, { age, billDate, options }: BillPlace): LedgerBill {
	const dress = DRESS[account.provider];
	const random = hash32(options.seed, dress.ordinal, ordinal);
	const accountIndex = Math.floor(ordinal / options.billsPerAccount);
	const standing = standingOf(account.provider, age, accountIndex, ordinal);
	const isCreditNote = dress.hasCreditNotes && standing === 'issued' && ordinal % CREDIT_NOTE_EVERY === 6;
	const amounts = isLongAmount(account, ordinal, options) ? longAmounts(account) : usualAmounts(account, random);
	const sign = isCreditNote ? -1n : 1n;
	const total = sign * (amounts.net + amounts.tax);
	return {
		provider: account.provider,
		account,
		id: dress.billId(options.seed, ordinal),
		number: standing === 'inProgress' ? '' : dress.billNumber(ordinal),
		type: isCreditNote ? 'creditNote' : 'invoice',
		standing,
		runType: 'onCycle',
		...billDates(billDate, random),
		net: sign * amounts.net,
		tax: sign * amounts.tax,
		total,
		paid: paidOf(account.provider, standing, age, total, random),
		revision: 0,
		lineCount: options.ratesPerBill,
	};
}

/** A bill covers the month before its date, and is due thirty days after it. */
export function billDates(
	billDate: string,
	random: number,
): Pick<LedgerBill, 'billDate' | 'periodStart' | 'periodEnd' | 'dueDate' | 'createdAt' | 'updatedAt'> {
	const clock = (offset: number): string => {
		const seconds = (random >>> offset) % 36_000;
		return new Date(Date.parse(billDate) + (seconds + 3_600) * 1_000 + (random % 1_000)).toISOString();
	};
	const createdAt = clock(0);
	return {
		billDate,
		periodStart: addMonths(billDate, -1),
		periodEnd: addDays(billDate, -1),
		dueDate: addDays(billDate, 30),
		createdAt,
		updatedAt: new Date(Date.parse(createdAt) + (random % 7_200) * 1_000).toISOString(),
	};
}

/** Tax of an account's currency on a net amount, rounded half up. */
export function taxOn(account: LedgerAccount, net: bigint): bigint {
	const rate = BigInt(TAX_RATES[account.currency.code] ?? 0);
	return (net * rate + 50n) / 100n;
}

function usualAmounts(account: LedgerAccount, random: number): { net: bigint; tax: bigint } {
	const unit = 10n ** BigInt(account.currency.exponent);
	const net = 100n * unit + (BigInt(random) % (account.currency.exponent === 0 ? 4_000_000n : 20_000n * unit));
	return { net, tax: taxOn(account, net) };
}

function longAmounts(account: LedgerAccount): { net: bigint; tax: bigint } {
	const rate = BigInt(TAX_RATES[account.currency.code] ?? 0);
	const net = (LONG_AMOUNT * 100n) / (100n + rate);
	return { net, tax: LONG_AMOUNT - net };
}

/** The bill in the middle of Oracle BRM's second account (in dinars, three decimals), or of its only one. */
function isLongAmount(account: LedgerAccount, ordinal: number, options: BookOptions): boolean {
	const accountIndex = options.accounts > 1 ? 1 : 0;
	const middle = accountIndex * options.billsPerAccount + Math.floor(options.billsPerAccount / 2);
	return account.provider === 'oracleBrm' && ordinal === middle;
}

/** The newest bill of every second Oracle BRM account is still in progress; some others are on hold. */
function standingOf(
	provider: SandboxProvider,
	age: number,
	accountIndex: number,
	ordinal: number,
): LedgerBill['standing'] {
	if (provider !== 'oracleBrm') return 'issued';
	if (age === 0 && accountIndex % 2 === 0) return 'inProgress';
	return age > 0 && ordinal % 11 === 9 ? 'onHold' : 'issued';
}

/** Older bills are paid, Oracle BRM's newer ones in part, the newest not at all. */
function paidOf(
	provider: SandboxProvider,
	standing: LedgerBill['standing'],
	age: number,
	total: bigint,
	random: number,
): bigint {
	if (standing !== 'issued' || age === 0) return 0n;
	if (provider === 'oracleBrm' && age <= 3) return (total * BigInt(25 + (random % 50))) / 100n;
	return random % 17 === 0 ? 0n : total;
}
