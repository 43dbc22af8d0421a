/** The sandbox's books: generated bills, and what changed since. */
import { billLine } from './billLines';
import { type BookOptions, billDates, generatedAccounts, generatedBills, taxOn } from './generatedBooks';
import type { ChangeableLedger, LedgerAccount, LedgerBill, LedgerChange, LedgerLine, SandboxProvider } from './ledger';
import { DRESS, PROVIDERS, lineIdParts } from './providerDress';
import { hash32 } from './seededRandom';

/** One provider's part of the books. */
interface Book {
	readonly accounts: readonly LedgerAccount[];
	readonly byId: Map<string, LedgerBill>;
	/** Bill id to its place in the books, which its lines are made from; kept when a bill is revised. */
	readonly ordinals: Map<string, number>;
	/** Sorted readings, made when first asked for and dropped at every change. Key: account id, or empty for all. */
	readonly readings: Map<string, readonly LedgerBill[]>;
	nextOrdinal: number;
}

/**
 * Books that hold their bills and make their lines on demand.
 * @param now the sandbox's time in milliseconds, which dates changes.
 */
export function changeableLedger(options: BookOptions, now: () => number): ChangeableLedger {
	const books = new Map(PROVIDERS.map((provider) => [provider, openBook(provider, options)]));
	const book = (provider: SandboxProvider): Book => {
		const found = books.get(provider);
		if (found === undefined) throw new Error(`No books of ${provider}`);
		return found;
	};
	const lines = (bill: LedgerBill, from = 0, to = bill.lineCount): readonly LedgerLine[] => {
		const ordinal = book(bill.provider).ordinals.get(bill.id) ?? 0;
		const count = Math.max(0, Math.min(to, bill.lineCount) - from);
		return Array.from({ length: count }, (_, place) => billLine(options.seed, bill, ordinal, from + place));
	};
	const lineOf = (provider: SandboxProvider, lineId: string): LedgerLine | undefined => {
		const parts = lineIdParts(provider, lineId);
		const bill = parts && book(provider).byId.get(DRESS[provider].billId(options.seed, parts.bill));
		const line = bill && lines(bill, parts.line, parts.line + 1)[0];
		return line?.id === lineId ? line : undefined;
	};
	return {
		accounts: (provider) => book(provider).accounts,
		bills: (provider, accountId = '') => reading(book(provider), accountId),
		bill: (provider, billId) => book(provider).byId.get(billId),
		lines,
		line: lineOf,
		apply(change) {
			const changed = applied(book(change.provider), change, options, now());
			book(change.provider).readings.clear();
			return changed;
		},
	};
}

function openBook(provider: SandboxProvider, options: BookOptions): Book {
	const accounts = generatedAccounts(provider, options);
	const byId = new Map<string, LedgerBill>();
	const ordinals = new Map<string, number>();
	accounts.forEach((account, accountIndex) => {
		generatedBills(account, accountIndex, options).forEach((bill, index) => {
			byId.set(bill.id, bill);
			ordinals.set(bill.id, accountIndex * options.billsPerAccount + index);
		});
	});
	return { accounts, byId, ordinals, readings: new Map(), nextOrdinal: options.accounts * options.billsPerAccount };
}

function reading(book: Book, accountId: string): readonly LedgerBill[] {
	const made = book.readings.get(accountId);
	if (made !== undefined) return made;
	if (book.readings.size === 0) fillReadings(book);
	return book.readings.get(accountId) ?? [];
}

function fillReadings(book: Book): void {
	const all = [...book.byId.values()].sort(byDateThenId);
	const byAccount = new Map<string, LedgerBill[]>(book.accounts.map((account) => [account.id, []]));
	for (const bill of all) byAccount.get(bill.account.id)?.push(bill);
	book.readings.set('', all);
	for (const [accountId, bills] of byAccount) book.readings.set(accountId, bills);
}

function byDateThenId(one: LedgerBill, other: LedgerBill): number {
	if (one.billDate !== other.billDate) return one.billDate < other.billDate ? -1 : 1;
	if (one.id === other.id) return 0;
	return one.id < other.id ? -1 : 1;
}

function applied(book: Book, change: LedgerChange, options: BookOptions, now: number): LedgerBill | undefined {
	switch (change.kind) {
		case 'new':
			return addBill(book, change, options, now);
		case 'revised':
			return reviseBill(book, change, now);
		case 'withdrawn': {
			const bill = book.byId.get(change.billId);
			book.byId.delete(change.billId);
			return bill;
		}
	}
}

function addBill(
	book: Book,
	change: Extract<LedgerChange, { kind: 'new' }>,
	options: BookOptions,
	now: number,
): LedgerBill | undefined {
	const account = book.accounts.find((candidate) => candidate.id === change.accountId);
	if (account === undefined) return undefined;
	const ordinal = book.nextOrdinal++;
	const dress = DRESS[account.provider];
	const random = hash32(options.seed, dress.ordinal, ordinal);
	const type = change.type ?? 'invoice';
	const net = change.net ?? (type === 'creditNote' ? -10_000n : 10_000n);
	const tax = change.tax ?? (net < 0n ? -taxOn(account, -net) : taxOn(account, net));
	const instant = new Date(now).toISOString();
	const bill: LedgerBill = {
		provider: account.provider,
		account,
		id: dress.billId(options.seed, ordinal),
		number: dress.billNumber(ordinal),
		type,
		standing: 'issued',
		runType: change.runType ?? 'onCycle',
		...billDates(change.billDate ?? options.today, random),
		createdAt: instant,
		updatedAt: instant,
		net,
		tax,
		total: net + tax,
		paid: 0n,
		revision: 0,
		lineCount: options.ratesPerBill,
	};
	book.byId.set(bill.id, bill);
	book.ordinals.set(bill.id, ordinal);
	return bill;
}

function reviseBill(
	book: Book,
	change: Extract<LedgerChange, { kind: 'revised' }>,
	now: number,
): LedgerBill | undefined {
	const bill = book.byId.get(change.billId);
	if (bill === undefined) return undefined;
	const net = change.net ?? bill.net;
	const tax = change.tax ?? (change.net === undefined ? bill.tax : sameTaxShare(bill, net));
	const revised: LedgerBill = {
		...bill,
		net,
		tax,
		total: net + tax,
		paid: change.paid ?? bill.paid,
		billDate: change.billDate ?? bill.billDate,
		dueDate: change.dueDate ?? bill.dueDate,
		standing: change.standing ?? bill.standing,
		updatedAt: new Date(now).toISOString(),
		revision: bill.revision + 1,
	};
	book.byId.set(revised.id, revised);
	return revised;
}

function sameTaxShare(bill: LedgerBill, net: bigint): bigint {
	return bill.net === 0n ? 0n : (bill.tax * net) / bill.net;
}
