/** What the server's own metrics say of its memory and handles, over time. */
import type { Client } from './client';

export interface Sample {
	/** Since the load began. */
	readonly minutes: number;
	/** Resident, in MB. */
	readonly rss: number;
	/** Used by objects, in MB, at most ten seconds after a collection. */
	readonly heap: number;
	/** Outside of the heap: buffers. In MB. */
	readonly external: number;
	readonly handles: number;
	readonly files: number;
	readonly inFlight: number;
	/** Lateness of the event loop, in milliseconds. */
	readonly loopP99: number;
}

const MB = 1024 * 1024;

export async function sample(client: Client, minutes: number): Promise<Sample> {
	const metric = await client.metrics();
	return {
		minutes,
		rss: metric('process_resident_memory_bytes') / MB,
		heap: metric('nodejs_heap_size_used_bytes') / MB,
		external: metric('nodejs_external_memory_bytes') / MB,
		handles: metric('nodejs_active_handles_total'),
		files: metric('process_open_fds'),
		inFlight: metric('telecom_billing_requests_in_flight'),
		loopP99: metric('nodejs_eventloop_lag_p99_seconds') * 1_000,
	};
}

type Figure = Exclude<keyof Sample, 'minutes'>;

/** The least of a figure around a time: what is held, rather than what comes and goes. */
export function heldAt(samples: readonly Sample[], figure: Figure, minutes: number, within: number): number {
	const near = samples.filter((one) => Math.abs(one.minutes - minutes) <= within);
	return Math.min(...near.map((one) => one[figure]));
}

/** How a figure grows, in its unit an hour: the least squares line through all samples from a time on. */
export function slope(samples: readonly Sample[], figure: Figure, from: number): number {
	const late = samples.filter(({ minutes }) => minutes >= from);
	const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [x, y] = [mean(late.map(({ minutes }) => minutes)), mean(late.map((one) => one[figure]))];
	const along = late.reduce((sum, one) => sum + (one.minutes - x) * (one[figure] - y), 0);
	const across = late.reduce((sum, one) => sum + (one.minutes - x) ** 2, 0);
	return across === 0 ? 0 : (along / across) * 60;
}
