/** Numbers without end in a carrier's answer: they are no amounts, and nobody else waits for them. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

import { readReport } from '../../providers/orangeBusiness/reportRows';
import { listen } from '../graphql/support/httpServer';
import { asked } from '../reliability/support/graphqlFace';
import { FaultStand } from '../reliability/support/stand';

const SECOND = 1_000;

it('a report with long numbers is read within a second, and they are told to be none', () => {
	const header =
		'Invoice number;Charge Currency;Exchange rate;Taxable amount;Invoicing Amount;Invoicing Currency;Tax amount;Total including Tax';
	const long = '7'.repeat(40_000);
	const bytes = Buffer.from([header, `A;USD;${long};${long};${long};EUR;${long};${long}`].join('\r\n'));
	const began = performance.now();
	const { rows, notices } = readReport(bytes, 'r');
	expect(performance.now() - began).toBeLessThan(SECOND);
	expect(rows[0]?.values['Invoicing Amount']).toMatchObject({ text: long, money: null });
	expect(notices).toContain(`line 1, Invoicing Amount: "${'7'.repeat(60)}..." is not a number`);
});

it('a total of three million digits does not stop the server, and is no total', async () => {
	const digits = '7'.repeat(3_000_000);
	const bill = { id: 'x', creationTime: new Date().toISOString(), currency: 'EUR', totalAmount: digits };
	const content = [{ ...bill, netAmount: `0.${digits}` }];
	const provider = await listen((_request, response) => {
		response.setHeader('content-type', 'application/json').end(JSON.stringify({ errorCode: '', content }));
	});
	const stand = await FaultStand.start({ accounts: 1 });
	const delay = monitorEventLoopDelay({ resolution: 5 });
	try {
		delay.enable();
		const { answer } = await asked<unknown>(
			'{ bills(first: 500, filter: { providers: [FLOLIVE] }) { nodes { total { amount } net { amount } notices } } }',
			stand.sandbox,
			{ requestTimeoutMs: 30_000, baseUrls: { FLOLIVE: provider.url } },
		);
		delay.disable();
		expect(delay.max / 1e6).toBeLessThan(SECOND);
		const notices = [/^totalAmount "7{59}\.\.\. is not a decimal$/, /^netAmount "0\.7{57}\.\.\. is not a decimal$/].map(
			(words) => expect.stringMatching(words) as unknown,
		);
		expect(answer).toEqual({ data: { bills: { nodes: [{ total: null, net: null, notices }] } } });
	} finally {
		await provider.close();
		await stand.close();
	}
}, 60_000);
