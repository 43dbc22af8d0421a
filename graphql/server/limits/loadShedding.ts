/** More than can be done is refused at once: a quick refusal is worth more than an answer that nobody waits for any more. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Metrics } from '../operations/metrics';
import type { LimitsConfig } from './limitsConfig';

type LoadLimits = Pick<LimitsConfig, 'inFlight' | 'eventLoopDelayMs'>;

/** What there is too much of. */
type Overload = 'IN_FLIGHT' | 'EVENT_LOOP';

/** Seconds after which asking again makes sense. */
const RETRY_AFTER = 1;

/**
 * To be added before what counts or answers requests. Refuses only where bills are read: whoever watches over the server
 * must see it above all when it has too much to do. Strangers were turned away before, and hold no place.
 */
export function shedLoad(app: FastifyInstance, limits: LoadLimits, metrics: Metrics): void {
	const load = new Load(limits);
	const answered = new WeakMap<FastifyRequest, () => void>();
	app.addHook('preHandler', async (request, reply) => {
		if (request.is404 || (request.routeOptions.config.access ?? 'BILLS') !== 'BILLS') return;
		const overload = load.overload;
		if (overload !== null) {
			metrics.requestsShed.inc({ reason: overload });
			await refuse(reply);
			return;
		}
		load.begin();
		metrics.requestsInFlight.inc();
		// Who goes away leaves work behind, and who is answered may read slowly: a place is free when both are over.
		const ready = new Promise<void>((resolve) => answered.set(request, resolve));
		const gone = new Promise<void>((resolve) => (reply.raw.closed ? resolve() : reply.raw.once('close', resolve)));
		void Promise.all([ready, gone]).then(() => {
			load.end();
			metrics.requestsInFlight.dec();
		});
	});
	app.addHook('onSend', async (request) => answered.get(request)?.());
	app.addHook('onClose', async () => load.close());
}

function refuse(reply: FastifyReply): FastifyReply {
	const message = 'The server has more to do than it can';
	const hint = `Ask again in ${RETRY_AFTER} s, and wait longer each time that it is refused.`;
	const extensions = { code: 'OVERLOADED', retryable: true, retryAfter: RETRY_AFTER, hint };
	return reply
		.code(503)
		.header('retry-after', RETRY_AFTER)
		.send({ errors: [{ message, extensions }] });
}

/** Milliseconds between looks at the event loop. */
const LOOK_EVERY_MS = 250;
/** Milliseconds between the ticks whose lateness is measured. */
const TICK_MS = 10;
const NANOSECONDS_PER_MS = 1e6;

/** How much is being done just now. */
class Load {
	private readonly ticks = monitorEventLoopDelay({ resolution: TICK_MS });
	private readonly looks = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
	private running = 0;
	private wasLate = false;
	private isLateAgain = false;

	constructor(private readonly limits: LoadLimits) {
		this.ticks.enable();
	}

	/** Null: there is room for one more. */
	get overload(): Overload | null {
		if (this.running >= this.limits.inFlight) return 'IN_FLIGHT';
		return this.isLateAgain ? 'EVENT_LOOP' : null;
	}

	begin(): void {
		this.running += 1;
	}

	end(): void {
		this.running -= 1;
	}

	close(): void {
		clearInterval(this.looks);
		this.ticks.disable();
	}

	/** Late twice in a row is a load; late once is one long piece of work, which is over by now. */
	private look(): void {
		// Two ticks make a measure. Where work is so long that one look follows the other without, the next one tells.
		if (this.ticks.count === 0) return;
		const isLate = this.ticks.mean / NANOSECONDS_PER_MS - TICK_MS > this.limits.eventLoopDelayMs;
		this.isLateAgain = isLate && this.wasLate;
		this.wasLate = isLate;
		this.ticks.reset();
	}
}
