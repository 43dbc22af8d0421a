/** Prints what is to be paid by a day: `node --import tsx examples/client/dueBills.ts http://127.0.0.1:4000/graphql 2026-12-31 [KEY]`. */
import { BillingClient } from './billingClient';

async function printDueBills(url: string, to: string, key?: string): Promise<void> {
	const { data, errors } = await new BillingClient(url, key).ask('BillsDue', { due: { to } });
	for (const { provider, number, dueDate, remaining, amountDue } of data?.bills.nodes ?? []) {
		const owed = remaining ?? amountDue;
		// Amounts are text: what is exact stays exact.
		console.log([dueDate, provider, number, owed?.amount, owed?.currency].map((part) => part ?? '-').join('\t'));
	}
	for (const { message } of errors) console.error(message);
}

const [url = 'http://127.0.0.1:4000/graphql', to = new Date().toISOString().slice(0, 10), key] = process.argv.slice(2);
void printDueBills(url, to, key);
