/** How each provider names its accounts, bills and lines, and the money it bills in. */
import type { LedgerCurrency, LedgerLine, SandboxProvider } from './ledger';
import { hash32 } from './seededRandom';

export const PROVIDERS: readonly SandboxProvider[] = ['lumen', 'oracleBrm', 'floLive', 'orange'];

/** Lines a bill may have at most: line ids are bill ordinal x this + index, so that an id alone leads to its line. */
export const MAX_LINES = 1_000_000;

const EUR: LedgerCurrency = { code: 'EUR', exponent: 2 };
const USD: LedgerCurrency = { code: 'USD', exponent: 2 };
const GBP: LedgerCurrency = { code: 'GBP', exponent: 2 };
const JPY: LedgerCurrency = { code: 'JPY', exponent: 0 };
const KWD: LedgerCurrency = { code: 'KWD', exponent: 3 };

/** Percent of tax, by currency. */
export const TAX_RATES: Readonly<Record<string, number>> = { EUR: 19, USD: 8, GBP: 20, JPY: 10, KWD: 5 };

export interface ProviderDress {
	readonly ordinal: number;
	/** Currencies of the accounts in turn. */
	readonly currencies: readonly [LedgerCurrency, ...LedgerCurrency[]];
	readonly hasCreditNotes: boolean;
	accountId(seed: number, account: number): string;
	accountNumber(account: number): string;
	accountName(account: number): string;
	billId(seed: number, bill: number): string;
	billNumber(bill: number): string;
	lineId(bill: number, line: number, kind: LineKind): string;
	/** The digits of a line id that hold bill ordinal and line index. */
	lineIdPattern: RegExp;
}

type LineKind = LedgerLine['kind'];

const BRM_ITEM: Readonly<Record<LineKind, string>> = {
	recurring: 'item-cycle_forward',
	oneTime: 'item-purchase',
	usage: 'item-usage',
	credit: 'item-adjustment',
};

const lineNumber = (bill: number, line: number): number => bill * MAX_LINES + line + 1;

export const DRESS: Readonly<Record<SandboxProvider, ProviderDress>> = {
	lumen: {
		ordinal: 1,
		currencies: [USD],
		hasCreditNotes: false,
		accountId: (seed, account) => lumenAccount(seed, account),
		accountNumber: (account) => String(870_000_000 + account * 137),
		accountName: (account) => `Contoso Networks ${account + 1}`,
		billId: (_seed, bill) => String(512_000_000 + bill * 7),
		billNumber: (bill) => String(512_000_000 + bill * 7),
		lineId: (bill, line) => `R${lineNumber(bill, line)}`,
		lineIdPattern: /^R(\d+)$/,
	},
	oracleBrm: {
		ordinal: 2,
		currencies: [EUR, KWD],
		hasCreditNotes: true,
		accountId: (_seed, account) => `0.0.0.1+-account+${107_117 + account * 64}`,
		accountNumber: (account) => `0.0.0.1-${107_117 + account * 64}`,
		accountName: (account) => `Fabrikam Telecom ${account + 1}`,
		billId: (_seed, bill) => `0.0.0.1+-bill+${106_861 + bill * 8}`,
		billNumber: (bill) => `B1-${28 + bill}`,
		lineId: (bill, line, kind) => `0.0.0.1+-${BRM_ITEM[kind]}+${lineNumber(bill, line)}`,
		lineIdPattern: /^0\.0\.0\.1\+-item-[a-z_]+\+(\d+)$/,
	},
	floLive: {
		ordinal: 3,
		currencies: [GBP, JPY],
		hasCreditNotes: false,
		accountId: (_seed, account) => String(20_100 + account),
		accountNumber: (account) => String(20_100 + account),
		accountName: (account) => `Northwind IoT ${account + 1}`,
		billId: (seed, bill) => uuid(seed, bill),
		billNumber: (bill) => String(700_000 + bill).padStart(8, '0'),
		lineId: (bill, line) => String(lineNumber(bill, line)),
		lineIdPattern: /^(\d+)$/,
	},
	orange: {
		ordinal: 4,
		currencies: [EUR, USD],
		hasCreditNotes: true,
		accountId: (_seed, account) => String(5_004_711 + account * 11),
		accountNumber: (account) => `00${45_120 + account}`,
		accountName: (account) => `ACME Corp ${account + 1}`,
		billId: (_seed, bill) => String(1_013_390 + bill * 3),
		billNumber: (bill) => `OB${String(26_000 + bill).padStart(8, '0')}`,
		lineId: (bill, line) => String(lineNumber(bill, line)),
		lineIdPattern: /^(\d+)$/,
	},
};

/** `5-ABCD5678` first, then others of that form; the last four digits keep them apart. */
function lumenAccount(seed: number, account: number): string {
	if (account === 0) return '5-ABCD5678';
	let letters = '';
	for (let place = 0; place < 4; place++) {
		letters += String.fromCharCode(65 + (hash32(seed, 101, account, place) % 26));
	}
	return `5-${letters}${String((5678 + account * 37) % 10_000).padStart(4, '0')}`;
}

function uuid(seed: number, bill: number): string {
	const words = [0, 1, 2, 3].map((word) => hash32(seed, 102, bill, word).toString(16).padStart(8, '0'));
	const hex = words.join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Bill ordinal and line index that a line's id holds. */
export function lineIdParts(provider: SandboxProvider, lineId: string): { bill: number; line: number } | undefined {
	const digits = DRESS[provider].lineIdPattern.exec(lineId)?.[1];
	if (digits === undefined || digits.length > 15) return undefined;
	const number = Number(digits) - 1;
	return number < 0 ? undefined : { bill: Math.floor(number / MAX_LINES), line: number % MAX_LINES };
}
