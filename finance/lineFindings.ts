/** The lines of a bill that are worth a look, found in one pass: of each line only a fingerprint is kept. */
import { createHash } from 'node:crypto';

import {
	type Decimal,
	absoluteDecimal,
	compareDecimals,
	subtractDecimals,
	sumDecimals,
} from '../providers/model/decimal';
import type { Rate } from '../providers/model/rate';
import type { LineFinding, LineReason, Reconciliation } from './reconciliation';

/** How many lines are shown for each reason. */
const SHOWN = 10;

export class LineFindings {
	private largest: readonly Rate[] = [];
	private readonly differing: LineFinding[] = [];
	private readonly duplicates: LineFinding[] = [];
	private readonly fingerprints = new Set<string>();
	private readonly counts = { LARGEST: 0, NET_PLUS_TAX_DIFFERS: 0, POSSIBLE_DUPLICATE: 0 };

	/** `subunit`: what a line's own rounding may cost; less than that is no difference. */
	constructor(private readonly subunit: Decimal) {}

	add(rate: Rate): void {
		this.consider(rate);
		const difference = ownDifference(rate);
		if (difference !== null && compareDecimals(absoluteDecimal(difference), this.subunit) >= 0) {
			this.keep(this.differing, findingOf('NET_PLUS_TAX_DIFFERS', rate, difference));
		}
		if (absoluteDecimal(amountOf(rate)) === '0') return;
		const fingerprint = fingerprintOf(rate);
		if (this.fingerprints.has(fingerprint)) this.keep(this.duplicates, findingOf('POSSIBLE_DUPLICATE', rate, null));
		this.fingerprints.add(fingerprint);
	}

	finish(): Pick<Reconciliation, 'lineCounts' | 'lines'> {
		const largest = this.largest.map((rate) => findingOf('LARGEST', rate, null));
		return {
			lineCounts: { ...this.counts, LARGEST: largest.length },
			lines: [...largest, ...this.differing, ...this.duplicates],
		};
	}

	private consider(rate: Rate): void {
		const size = absoluteDecimal(amountOf(rate));
		const smallest = this.largest[SHOWN - 1];
		if (size === '0' || (smallest !== undefined && compareDecimals(size, absoluteDecimal(amountOf(smallest))) <= 0))
			return;
		this.largest = [...this.largest, rate]
			.sort((left, right) => compareDecimals(absoluteDecimal(amountOf(right)), absoluteDecimal(amountOf(left))))
			.slice(0, SHOWN);
	}

	private keep(list: LineFinding[], finding: LineFinding): void {
		this.counts[finding.reason] += 1;
		if (list.length < SHOWN) list.push(finding);
	}
}

/** `net + tax - gross`; null where one of them is missing or in another currency. */
function ownDifference({ net, tax, gross }: Rate): Decimal | null {
	if (net === null || tax === null || gross === null) return null;
	if (net.currency !== gross.currency || tax.currency !== gross.currency) return null;
	return subtractDecimals(sumDecimals([net.amount, tax.amount]), gross.amount);
}

function amountOf({ net, gross }: Rate): Decimal {
	return (net ?? gross)?.amount ?? ('0' as Decimal);
}

/** Everything that a line says but its id. */
function fingerprintOf(rate: Rate): string {
	const said = [
		rate.type,
		rate.name,
		rate.description,
		rate.product,
		rate.billingAccountId,
		rate.date,
		rate.period,
		rate.quantity,
		rate.net,
		rate.tax,
		rate.gross,
		rate.characteristics,
	];
	return createHash('sha256').update(JSON.stringify(said)).digest('base64').slice(0, 20);
}

function findingOf(reason: LineReason, rate: Rate, difference: Decimal | null): LineFinding {
	return {
		reason,
		id: rate.identity.remoteId,
		name: rate.name,
		description: rate.description,
		net: rate.net?.amount ?? null,
		tax: rate.tax?.amount ?? null,
		gross: rate.gross?.amount ?? null,
		currency: (rate.net ?? rate.gross)?.currency ?? null,
		difference,
	};
}
