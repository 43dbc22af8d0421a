/** What the sandbox's data is made of before any provider's dress: exact, in minor units, the same for one seed. */

export type SandboxProvider = 'lumen' | 'oracleBrm' | 'floLive' | 'orange';

export interface LedgerCurrency {
	/** ISO 4217, upper case. */
	readonly code: string;
	/** Digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD. */
	readonly exponent: number;
}

export interface LedgerAccount {
	readonly provider: SandboxProvider;
	/** Lumen billing account number, BRM account POID, floLIVE customer id, Orange billing account id. */
	readonly id: string;
	readonly number: string;
	readonly name: string;
	readonly currency: LedgerCurrency;
}

export interface LedgerBill {
	readonly provider: SandboxProvider;
	readonly account: LedgerAccount;
	/** The provider's id of the bill. */
	readonly id: string;
	/** Empty while the bill is in progress. */
	readonly number: string;
	readonly type: 'invoice' | 'creditNote';
	/** Held back by the provider, or not billed yet; only Oracle BRM's books have other than `issued`. */
	readonly standing: 'issued' | 'onHold' | 'inProgress';
	/** Made by the billing cycle, or on demand. */
	readonly runType: 'onCycle' | 'offCycle';
	/** `YYYY-MM-DD`. */
	readonly billDate: string;
	readonly periodStart: string;
	/** Last day of the period, which counts. */
	readonly periodEnd: string;
	readonly dueDate: string;
	/** RFC 3339, UTC. */
	readonly createdAt: string;
	readonly updatedAt: string;
	/** Minor units, signed by effect on what is owed: credit notes are negative here, whatever the provider writes. */
	readonly net: bigint;
	readonly tax: bigint;
	readonly total: bigint;
	/** What has been paid of it so far, of the same sign as the total and never beyond it. */
	readonly paid: bigint;
	/** Rises with every change made through `/__sandbox/changes`. */
	readonly revision: number;
	/** Lines the bill has; the lines themselves are made when asked for. */
	readonly lineCount: number;
}

export interface LedgerLine {
	readonly bill: LedgerBill;
	/** 0-based, stable. */
	readonly index: number;
	readonly id: string;
	readonly kind: 'recurring' | 'oneTime' | 'usage' | 'credit';
	readonly productId: string;
	readonly productName: string;
	readonly description: string;
	readonly serviceId: string;
	readonly site: { readonly id: string; readonly name: string; readonly city: string; readonly country: string };
	readonly periodStart: string;
	readonly periodEnd: string;
	readonly quantity: number;
	/** Minor units, signed by effect; the lines of a bill add up to its net and tax exactly. */
	readonly net: bigint;
	readonly tax: bigint;
	/** Percent, for instance 19. */
	readonly taxRate: number;
}

/** The books. Bills come in ascending bill date, then id. Withdrawn bills are gone from every reading. */
export interface Ledger {
	accounts(provider: SandboxProvider): readonly LedgerAccount[];
	/** All bills of a provider, or those of one account. */
	bills(provider: SandboxProvider, accountId?: string): readonly LedgerBill[];
	bill(provider: SandboxProvider, billId: string): LedgerBill | undefined;
	/** Lines `from` (0-based) to `to` (exclusive) of a bill, made on demand so that a million of them cost no memory. */
	lines(bill: LedgerBill, from?: number, to?: number): readonly LedgerLine[];
	line(provider: SandboxProvider, lineId: string): LedgerLine | undefined;
}

/** What `POST /__sandbox/changes` may do to the books. Amounts are minor units, signed by effect. */
export type LedgerChange =
	| {
			readonly kind: 'new';
			readonly provider: SandboxProvider;
			readonly accountId: string;
			readonly type?: LedgerBill['type'];
			readonly runType?: LedgerBill['runType'];
			/** Default: the sandbox's today. */
			readonly billDate?: string;
			readonly net?: bigint;
			readonly tax?: bigint;
	  }
	| {
			readonly kind: 'revised';
			readonly provider: SandboxProvider;
			readonly billId: string;
			readonly net?: bigint;
			readonly tax?: bigint;
			readonly paid?: bigint;
			/** Another day is another place in the books. */
			readonly billDate?: string;
			readonly dueDate?: string;
			readonly standing?: LedgerBill['standing'];
	  }
	| { readonly kind: 'withdrawn'; readonly provider: SandboxProvider; readonly billId: string };

/** Books that change while the sandbox runs. */
export interface ChangeableLedger extends Ledger {
	/** The bill as it is now, or as it was before it was withdrawn; undefined when the bill or account is unknown. */
	apply(change: LedgerChange): LedgerBill | undefined;
}

/** Minor units as an exact decimal in major units: 2590n with exponent 2 is `25.90`, as JSON number text. */
export function majorUnits(minor: bigint, currency: LedgerCurrency): string {
	const digits = (minor < 0n ? -minor : minor).toString().padStart(currency.exponent + 1, '0');
	const whole = digits.slice(0, digits.length - currency.exponent);
	const sign = minor < 0n ? '-' : '';
	return currency.exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-currency.exponent)}`;
}
