/** Which rates belong to a bill, when a server was asked for those of one bill: as told by the rates themselves. */
import { objectOf, textOf } from '../model/json';
import type { WireRate } from './wire';

export interface Attributed {
	readonly own: readonly WireRate[];
	/** Why the list may not be the bill's whole list; empty where there is no doubt. */
	readonly doubts: readonly string[];
}

/** The bill that a rate names. */
export function billNamedBy(rate: WireRate): string | null {
	return textOf(objectOf(rate.bill)['id']);
}

/**
 * A server that documents `bill.id` is believed for rates that name no bill, and rates of another bill are odd.
 * One that does not may have ignored the parameter: then rates of other bills are what is expected, and rates that name
 * none could be anyone's.
 */
export function attribute(rates: readonly WireRate[], billId: string, isDocumented: boolean): Attributed {
	const nameless = rates.filter((rate) => billNamedBy(rate) === null && !isUnbilled(rate));
	const own = rates.filter((rate) => {
		const named = billNamedBy(rate);
		return named === billId || (named === null && isDocumented);
	});
	const others = rates.length - own.length;
	if (isDocumented && others > 0) return { own, doubts: [`${others} rates name another bill, and were left out`] };
	if (!isDocumented && nameless.length > 0) return { own, doubts: [namelessDoubt(nameless.length)] };
	return { own, doubts: [] };
}

/** Such a rate is on no bill yet, and need not name one. */
export function isUnbilled(rate: WireRate): boolean {
	return rate.isBilled === false;
}

export function namelessDoubt(count: number): string {
	return `${count} rates name no bill, and were left out`;
}
