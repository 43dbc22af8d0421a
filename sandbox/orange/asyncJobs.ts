/** Asynchronous jobs: accepted at once, done at the second time of asking. */
import type { Answer } from './answer';
import type { Attributes } from './attributes';
import { gatewayError } from './gatewayError';
import type { WireRecord } from './wire';

export const JOB_ATTRIBUTES: Attributes = { id: 'text', status: 'text', operation: 'text', createdAt: 'instant' };

/** Jobs whose results are kept; the oldest are forgotten first. */
const MAX_JOBS = 100;

type JobState =
	| { readonly status: 'pending' | 'running' }
	| { readonly status: 'done'; readonly answer: Answer }
	| { readonly status: 'failed'; readonly error: WireRecord };

interface Job {
	readonly id: string;
	readonly operation: string;
	readonly createdAt: string;
	readonly run: () => Promise<Answer>;
	state: JobState;
}

export class AsyncJobs {
	private readonly jobs = new Map<string, Job>();
	private count = 0;

	/** @param now milliseconds */
	constructor(private readonly now: () => number) {}

	/** Takes a job and gives its first status. */
	accept(operation: string, run: () => Promise<Answer>): WireRecord & { readonly id: string } {
		this.count += 1;
		const createdAt = new Date(this.now()).toISOString();
		const job: Job = { id: String(7000 + this.count), operation, createdAt, run, state: { status: 'pending' } };
		this.jobs.set(job.id, job);
		const [oldest] = this.jobs.keys();
		if (this.jobs.size > MAX_JOBS && oldest !== undefined) this.jobs.delete(oldest);
		return wireJob(job);
	}

	/** The job's status, one step further than at the last time of asking; undefined for an unknown id. */
	async poll(id: string): Promise<WireRecord | undefined> {
		const job = this.jobs.get(id);
		if (job === undefined) return undefined;
		if (job.state.status === 'pending') job.state = { status: 'running' };
		else if (job.state.status === 'running') job.state = await outcome(job.run);
		return wireJob(job);
	}

	/** What a job that is done would have answered directly. */
	result(id: string): Answer | undefined {
		const state = this.jobs.get(id)?.state;
		return state?.status === 'done' ? state.answer : undefined;
	}

	list(): readonly WireRecord[] {
		return [...this.jobs.values()].map(wireJob);
	}
}

async function outcome(run: () => Promise<Answer>): Promise<JobState> {
	try {
		return { status: 'done', answer: await run() };
	} catch (error) {
		return { status: 'failed', error: gatewayError(error).body() };
	}
}

function wireJob({ id, operation, createdAt, state }: Job): WireRecord & { readonly id: string } {
	return {
		id,
		operation,
		status: state.status,
		createdAt,
		result: state.status === 'done' ? { href: `/orange/billing/b2b/v1/asyncJobs/${id}/result` } : undefined,
		error: state.status === 'failed' ? state.error : undefined,
	};
}
