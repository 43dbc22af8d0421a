/** Reconciling a bill with its rates, page by page: no rate is kept. */
import type { Bill } from '../providers/model/bill';
import {
	type Decimal,
	ZERO,
	absoluteDecimal,
	compareDecimals,
	multiplyDecimals,
	subtractDecimals,
	sumDecimals,
} from '../providers/model/decimal';
import type { CurrencyCode, Money } from '../providers/model/money';
import type { Rate } from '../providers/model/rate';
import type { WalkEnd } from '../providers/transport/pageWalk';
import { subunitOf } from './currency';
import { LineFindings } from './lineFindings';
import type { Check, CheckName, Reconciliation, ReconciliationStatus } from './reconciliation';

/**
 * How far the sum of `rates` rounded amounts may be from the bill: `MAX(100 x subunit, sqrt(rates) x 0.5 x subunit)`.
 * The root is taken in thousandths, rounded up, so the tolerance is exact text and at most 0.0005 subunits too large.
 */
export function toleranceFor(rates: number, currency: CurrencyCode | null): Decimal {
	const subunit = subunitOf(currency);
	const floor = multiplyDecimals('100' as Decimal, subunit);
	const rootInThousandths = String(Math.ceil(Math.sqrt(rates) * 1000)) as Decimal;
	const spread = multiplyDecimals(multiplyDecimals(rootInThousandths, '0.0005' as Decimal), subunit);
	return compareDecimals(spread, floor) > 0 ? spread : floor;
}

/** Feed it the pages of a bill's rates, then ask. */
export class ReconcileRates {
	private readonly net = new Tally();
	private readonly tax = new Tally();
	private readonly gross = new Tally();
	private readonly currencies = new Map<CurrencyCode | null, number>();
	private readonly findings: LineFindings;
	private readonly currency: CurrencyCode | null;
	private rates = 0;

	constructor(private readonly bill: Bill) {
		this.currency = (bill.total ?? bill.net ?? bill.amountDue)?.currency ?? null;
		this.findings = new LineFindings(subunitOf(this.currency));
	}

	add(rates: readonly Rate[]): void {
		this.rates += rates.length;
		this.net.add(rates.map(({ net }) => net));
		this.tax.add(rates.map(({ tax }) => tax));
		this.gross.add(rates.map(grossOf));
		for (const rate of rates) {
			const currency = (rate.net ?? rate.gross)?.currency ?? null;
			this.currencies.set(currency, (this.currencies.get(currency) ?? 0) + 1);
			this.findings.add(rate);
		}
	}

	/** `end`: how the walk over the rates ended. */
	finish(end: WalkEnd): Reconciliation {
		const { net, tax, total } = this.bill;
		const currency = this.checkCurrency();
		const comparable = end.complete && currency.ok !== false;
		const checks = [
			checkNetPlusTax(this.bill),
			this.checkRates('RATES_NET', 'net', net, this.net, comparable),
			this.checkRates('RATES_TAX', 'tax', tax, this.tax, comparable),
			this.checkRates('RATES_TOTAL', 'total', total, this.gross, comparable),
			checkComplete(end, this.rates),
			currency,
		];
		const telling = ['RATES_TOTAL', 'RATES_NET']
			.map((name) => checks.find((check) => check.name === name))
			.find((check) => check?.ok !== null);
		return {
			status: statusOf(checks),
			currency: this.currency,
			rates: this.rates,
			difference: telling?.difference ?? null,
			tolerance: telling?.tolerance ?? null,
			checks,
			...this.findings.finish(),
		};
	}

	private checkRates(
		name: CheckName,
		what: 'net' | 'tax' | 'total',
		expected: Money | null,
		tally: Tally,
		comparable: boolean,
	): Check {
		if (expected === null) return unchecked(name, `The bill has no ${what}.`);
		if (this.rates === 0) return unchecked(name, 'There are no rates to add up.');
		if (!comparable) return unchecked(name, 'The rates cannot be added up: see the other checks.');
		if (tally.missing > 0) {
			return unchecked(
				name,
				`${tally.missing} of ${this.rates} rates have no ${what === 'total' ? 'gross' : what} amount.`,
			);
		}
		return compared(
			name,
			`the ${what} of the bill`,
			{ expected: expected.amount, actual: tally.sum },
			`the sum of ${this.rates} rates`,
			toleranceFor(this.rates, this.currency),
		);
	}

	/** An amount whose currency is not stated is taken for the bill's, and the check says so. */
	private checkCurrency(): Check {
		const others = [...this.currencies].filter(([code]) => code !== null && code !== this.currency);
		const unstated = this.currencies.get(null) ?? 0;
		if (this.rates === 0) return unchecked('CURRENCY', 'There are no rates.');
		if (this.currency === null) {
			if (others.length > 1) return plain('CURRENCY', false, `The rates are in ${namesOf(others)}.`);
			return unchecked('CURRENCY', 'The bill does not state its currency.');
		}
		if (others.length > 0) {
			return plain('CURRENCY', false, `The bill is in ${this.currency}, but there are rates in ${namesOf(others)}.`);
		}
		if (unstated > 0) {
			return unchecked('CURRENCY', `${unstated} rates do not state their currency; ${this.currency} is taken for it.`);
		}
		return plain('CURRENCY', true, `All rates are in ${this.currency}.`);
	}
}

/** An exact sum, and how many amounts were missing from it. */
class Tally {
	sum: Decimal = ZERO;
	missing = 0;

	add(amounts: readonly (Money | null)[]): void {
		const present = amounts.flatMap((money) => (money === null ? [] : [money.amount]));
		this.missing += amounts.length - present.length;
		this.sum = sumDecimals([this.sum, ...present]);
	}
}

/** The gross amount, computed where the provider gives only net and tax. */
function grossOf({ net, tax, gross }: Rate): Money | null {
	if (gross !== null || net === null || tax === null) return gross;
	return { amount: sumDecimals([net.amount, tax.amount]), currency: net.currency };
}

/** The amounts of a bill's header are one document's: not a cent of difference is allowed. */
function checkNetPlusTax({ net, tax, total }: Bill): Check {
	const missing = Object.entries({ net, tax, total }).flatMap(([name, money]) => (money === null ? [name] : []));
	if (net === null || tax === null || total === null) {
		return unchecked('NET_PLUS_TAX', `The bill has no ${missing.join(' and no ')}.`);
	}
	return compared(
		'NET_PLUS_TAX',
		'the total of the bill',
		{ expected: total.amount, actual: sumDecimals([net.amount, tax.amount]) },
		'net and tax together',
		ZERO,
	);
}

function checkComplete({ complete, reasons }: WalkEnd, rates: number): Check {
	if (!complete) return plain('RATES_COMPLETE', false, `Not all rates were read: ${reasons.join('; ')}.`);
	return rates === 0
		? unchecked('RATES_COMPLETE', 'The provider gives no rates for this bill.')
		: plain('RATES_COMPLETE', true, `All ${rates} rates were read.`);
}

function compared(
	name: CheckName,
	what: string,
	{ expected, actual }: { expected: Decimal; actual: Decimal },
	counterpart: string,
	tolerance: Decimal,
): Check {
	const difference = subtractDecimals(actual, expected);
	const ok = compareDecimals(absoluteDecimal(difference), tolerance) <= 0;
	const detail =
		difference === ZERO
			? `${capitalised(counterpart)} is ${what}, exactly.`
			: `${capitalised(counterpart)} is ${actual}, ${what} is ${expected}: ${difference} apart, ${ok ? 'within' : 'more than'} the tolerance of ${tolerance}.`;
	return { name, ok, detail, expected, actual, difference, tolerance };
}

function plain(name: CheckName, ok: boolean, detail: string): Check {
	return { name, ok, detail, expected: null, actual: null, difference: null, tolerance: null };
}

function unchecked(name: CheckName, detail: string): Check {
	return { name, ok: null, detail, expected: null, actual: null, difference: null, tolerance: null };
}

function statusOf(checks: readonly Check[]): ReconciliationStatus {
	if (checks.some(({ ok }) => ok === false)) return 'DIFFERS';
	const amounts = checks.filter(({ name }) => name !== 'RATES_COMPLETE' && name !== 'CURRENCY');
	if (amounts.every(({ ok }) => ok === null)) return 'NOT_CHECKABLE';
	return checks.every(({ ok }) => ok === true) ? 'MATCHES' : 'PARTLY_CHECKED';
}

function namesOf(currencies: readonly (readonly [CurrencyCode | null, number])[]): string {
	return currencies.map(([code, count]) => `${code ?? 'no stated currency'} (${count})`).join(', ');
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
