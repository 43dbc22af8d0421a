/** Orange's asynchronous mode, in every form that it may take. */
import { type ScriptedAnswer, bytes, json, stream } from '../support/scriptedTransport';
import { BASE, orange } from './orange';

const LATER = { mode: 'ASYNCHRONOUS' } as const;
const pending = json(200, { id: 'j1', status: 'RUNNING' });
const done = (more: object) => json(200, { id: 'j1', status: 'DONE', ...more });

const script = (accepted: ScriptedAnswer, ...rest: readonly ScriptedAnswer[]) => orange([accepted, ...rest]);

describe('a job is recognised', () => {
	it.each<[string, ScriptedAnswer]>([
		['by 202 and its Location', json(202, {}, { location: `${BASE}/asyncJobs/j1` })],
		['by 202 and a Location of another form', json(202, '', { location: '/anything/j1/?x=1' })],
		['by 202 and the id in the body', json(202, { id: 'j1' })],
		['by 200 and a Location among the jobs', json(200, {}, { location: '/billing/b2b/v1/asyncJobs/j1' })],
		['by 200 and a jobId', json(200, { jobId: 'j1' })],
		['by 200 and an asyncJobId', json(200, { asyncJobId: 'j1' })],
		['by 200 and what reads like a job', json(200, { id: 'j1', state: 'QUEUED' })],
	])('%s', async (_how, accepted) => {
		const { api, transport } = script(accepted, done({ result: [{ id: 'b1' }] }));
		await expect(api.bills({}, LATER)).resolves.toEqual({ rows: [{ id: 'b1' }], total: null });
		expect(transport.requests[0]?.headers['x-response-mode']).toBe('ASYNCHRONOUS');
		expect(transport.sent[1]).toBe(`GET ${BASE}/asyncJobs/j1`);
		expect(transport.requests[1]?.headers['x-response-mode']).toBeUndefined();
	});

	it('a bill with a state is a bill', async () => {
		const { api, transport } = script(json(200, { id: 'b1', type: 'invoice', status: 'sent' }));
		await expect(api.bill('b1', LATER)).resolves.toMatchObject({ id: 'b1' });
		expect(transport.requests).toHaveLength(1);
	});

	it('an answer at once is the answer', async () => {
		const { api } = script(json(200, [{ id: 'b1' }], { 'x-total-count': '1' }));
		await expect(api.bills({}, LATER)).resolves.toEqual({ rows: [{ id: 'b1' }], total: 1 });
	});

	it.each([
		['nothing', json(202, {})],
		['an empty Location', json(202, {}, { location: '/' })],
		['a list', json(202, [1])],
		['broken JSON', json(202, '{"jobId":')],
	])('202 with %s names no job, so it is no answer', async (_what, accepted) => {
		const { api } = script(accepted);
		await expect(api.bills({}, LATER)).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});
});

describe('a job is asked for', () => {
	it('with growing pauses, until it is done; words that are not known mean that it runs', async () => {
		const { api, clock } = script(
			json(202, { id: 'j1' }),
			pending,
			json(200, { id: 'j1', status: 'odd' }),
			pending,
			done({ result: [] }),
		);
		await api.bills({}, LATER);
		expect(clock.pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
	});

	it('no longer than its limits', async () => {
		const { api, clock } = orange((_request, nth) => (nth === 1 ? json(202, { id: 'j1' }) : pending), {
			jobLimits: { firstPauseMs: 1_000, longestPauseMs: 3_000, longestWaitMs: 60_000 },
		});
		await expect(api.bills({}, LATER)).rejects.toMatchObject({
			kind: 'TIMEOUT',
			retryable: false,
			message: expect.stringContaining('j1'),
		});
		expect(Math.max(...clock.pauses)).toBe(3_000);
		expect(clock.pauses.length).toBeLessThan(25);
	});

	it('until the signal aborts', async () => {
		const abort = new AbortController();
		const gone = new Error('gone');
		const { api } = orange((_request, nth) => {
			if (nth === 3) abort.abort(gone);
			return nth === 1 ? json(202, { id: 'j1' }) : pending;
		});
		await expect(api.bills({}, { ...LATER, signal: abort.signal })).rejects.toBe(gone);
	});

	it.each([
		[{ status: 'FAILED', message: 'no disk' }, 'failed: no disk'],
		[{ state: 'In Error', error: { message: 'no luck' } }, 'failed: no luck'],
		[{ status: 'cancelled' }, 'failed'],
	])('that failed (%j) fails, and is not tried again', async (job, words) => {
		const { api } = script(json(202, { id: 'j1' }), json(200, { id: 'j1', ...job }));
		await expect(api.bills({}, LATER)).rejects.toMatchObject({
			kind: 'UNAVAILABLE',
			retryable: false,
			message: expect.stringContaining(words),
		});
	});
});

describe('the result', () => {
	it.each<[string, object]>([
		['a link', { result: `${BASE}/results/1` }],
		['a nested link', { result: { href: `${BASE}/results/1` } }],
		['a nested url', { response: { url: `${BASE}/results/1` } }],
		['a relative link', { resultUrl: 'results/1' }],
		['a link beside the job’s own', { href: `${BASE}/asyncJobs/j1`, url: `${BASE}/results/1` }],
	])('is fetched by %s', async (_form, job) => {
		const { api, transport } = script(
			json(202, { id: 'j1' }),
			done(job),
			json(200, [{ id: 'b1' }], { 'x-total-count': '1' }),
		);
		await expect(api.search({ type: 'invoice' }, {}, LATER)).resolves.toEqual({ rows: [{ id: 'b1' }], total: 1 });
		expect(transport.requests[2]).toMatchObject({ method: 'GET', url: `${BASE}/results/1`, credential: 'SEND' });
	});

	it('may be the list itself in place of the job', async () => {
		const { api } = script(json(202, { id: 'j1' }), json(200, [{ id: 'i1' }]));
		await expect(api.billItems('b', {}, LATER)).resolves.toMatchObject({ rows: [{ id: 'i1' }] });
	});

	it('elsewhere is fetched without credentials, and not from a private network', async () => {
		const elsewhere = script(json(202, { id: 'j1' }), done({ url: 'https://files.example/r?s=1' }), json(200, []));
		await elsewhere.api.bills({}, LATER);
		expect(elsewhere.transport.requests[2]).toMatchObject({ credential: 'WITHHOLD' });
		const inside = script(json(202, { id: 'j1' }), done({ url: 'https://10.0.0.1/r' }));
		await expect(inside.api.bills({}, LATER)).rejects.toMatchObject({ kind: 'FORBIDDEN' });
	});

	it('that is nowhere is said to be', async () => {
		const { api } = script(json(202, { id: 'j1' }), done({ href: `${BASE}/asyncJobs/j1` }));
		await expect(api.bills({}, LATER)).rejects.toMatchObject({
			kind: 'PROTOCOL',
			message: expect.stringContaining('j1'),
		});
	});
});

describe('a report in asynchronous mode', () => {
	const CSV = 'Invoice number;Speed\nF1;10M\n';

	it('is streamed from the link of the job', async () => {
		const { api, transport } = script(json(202, { id: 'j1' }), done({ url: `${BASE}/results/1` }), stream(200, [CSV]));
		const report = await api.reportRows('R1', {}, LATER);
		expect(report.rows[0]?.values['Speed']).toEqual({ kind: 'TEXT', text: '10M' });
		expect(transport.requests[0]).toMatchObject({ headers: { accept: 'text/csv', 'x-response-mode': 'ASYNCHRONOUS' } });
		expect(transport.requests[2]).toMatchObject({ headers: { accept: 'text/csv' }, expect: 'stream' });
	});

	it('that comes at once is the report', async () => {
		const { api, transport } = script(bytes(200, Buffer.from(CSV), { 'content-type': 'text/csv' }));
		await expect(api.reportRows('R1', {}, LATER)).resolves.toMatchObject({ columns: ['Invoice number', 'Speed'] });
		expect(transport.requests).toHaveLength(1);
	});

	it('is no JSON, neither at once nor in the job', async () => {
		const atOnce = script(bytes(200, Buffer.from('[1]')));
		await expect(atOnce.api.report('R1', {}, LATER)).rejects.toMatchObject({ kind: 'PROTOCOL' });
		const broken = script(bytes(200, Buffer.from('{"id":')));
		await expect(broken.api.report('R1', {}, LATER)).rejects.toMatchObject({ kind: 'PROTOCOL' });
		const inJob = script(json(202, { id: 'j1' }), done({ result: { rows: [] } }));
		await expect(inJob.api.report('R1', {}, LATER)).rejects.toMatchObject({ kind: 'PROTOCOL' });
	});
});
