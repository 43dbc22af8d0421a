/**
 * The flagship as Hive Gateway can be asked for it: the four APIs side by side under their own names, since descriptions
 * alone neither merge lists into one order nor cut them to 50; so the days and numbers that make up the 50 are in the
 * question. floLIVE's list cannot be cut by its description: it gives all 24 where 13 are meant. Amounts are floating point
 * numbers.
 */
import type { Question } from './load';
import { FLAGSHIP, type Shape } from './shapes';

const MONEY = '{ value unit }';
const TMF_BILL = `id billNo state billDate paymentDueDate taxIncludedAmount ${MONEY}
	billingAccount { id name } billDocument { name mimeType url }
	rates { id name type bill { id } taxExcludedAmount ${MONEY} }`;
const SINCE = '2026-05-01';

const lumen = (alias: string, account: string): string =>
	`${alias}: lumenBills(billingAccountNumber: "${account}", startBillDate: "${SINCE}", endBillDate: "2026-11-01") { ${TMF_BILL} }`;
const fleet = (alias: string, customer: string): string =>
	`${alias}: fleetInvoices(id: "${customer}") { content { id invoiceNumber creationTime dueDate totalAmount currency } }`;

/** For the plain fixture on its day. */
const QUERY = `query Flagship {
	${lumen('lumen1', '5-ABCD5678')}
	${lumen('lumen2', '5-QQQA5715')}
	brmBills(limit: 100, billDate_gt: "${SINCE}T00:00:00.000Z") { ${TMF_BILL} }
	${fleet('fleet1', '20100')}
	${fleet('fleet2', '20101')}
	orangeBills(limit: 13, sort: "-issuedAt,id") {
		id number issuedAt dueDate taxIncludedAmount currency { id } billingAccount { id name }
		rates { id description frequency taxExcludedAmount currency { id } }
	}
}`;

/** Null for the other questions: they lean on an order or on ids that the descriptions do not have. */
export function hiveQuestion(shape: Shape): Question | null {
	return shape === FLAGSHIP ? { method: 'POST', path: '/graphql', body: JSON.stringify({ query: QUERY }) } : null;
}
