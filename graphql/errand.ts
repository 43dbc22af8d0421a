/**
 * What requests to providers are sent for: whose they are, and for which operation. Told by the signal that every call of a
 * connector takes and hands to each request it sends. An AsyncLocalStorage would need no handing on, but on Node 20 it
 * hooks into every promise of the process, which took a tenth of a query's time.
 */
import type { RateListOptions } from '../providers/connector';
import type { UpstreamMeter } from './cost/meter';

export interface Errand {
	/** What the requests are counted by; absent: nobody pays for them. */
	readonly meters?: readonly UpstreamMeter[];
	/** The connector's method that was called. */
	readonly operation?: string;
}

const errands = new WeakMap<AbortSignal, Errand>();

export function errandOf(signal: AbortSignal | undefined): Errand {
	return (signal && errands.get(signal)) ?? {};
}

/** The options with a signal that tells this besides what it told already. */
export function sentFor(errand: Errand, options: RateListOptions = {}): RateListOptions {
	const signal = options.signal ?? new AbortController().signal;
	const before = errands.get(signal);
	// The limit of the whole is told last, and counts first: what it refuses is no part's either.
	const meters = new Set([...(errand.meters ?? []), ...(before?.meters ?? [])]);
	errands.set(signal, { ...before, ...errand, meters: [...meters] });
	return options.signal === undefined ? { ...options, signal } : options;
}

/** For work under a signal of its own that is done for another's. */
export function onBehalfOf(other: AbortSignal | undefined, own: AbortSignal): AbortSignal {
	errands.set(own, errandOf(other));
	return own;
}
