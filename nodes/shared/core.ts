/** What the nodes need of the connectors: one module, built once and shared by all nodes. */
export { ReconcileRates } from '../../finance/reconcile';
export type { Reconciliation } from '../../finance/reconciliation';
export {
	type SummaryGroup,
	type SummaryRow,
	type SummarySum,
	RateSummary,
	SUMMARY_GROUPS,
} from '../../finance/summarize';
export type { BillConnector, ConnectorDeps, ConnectorSettings, Page } from '../../providers/connector';
export type { Capabilities } from '../../providers/capabilities';
export { FloLiveConnector } from '../../providers/floLive/connector';
export { LumenConnector } from '../../providers/lumen/connector';
export { type LumenSettings, credentialOrigins as lumenOrigins } from '../../providers/lumen/settings';
export { type BillingAccount, ACCOUNT_FIELDS } from '../../providers/model/account';
export { availabilityOf } from '../../providers/model/availability';
export { type Bill, type BillField, BILL_FIELDS } from '../../providers/model/bill';
export { contentHash } from '../../providers/model/contentHash';
export {
	type CalendarDate,
	type Instant,
	addDays,
	addMonths,
	dateOfMillis,
	toCalendarDate,
	toInstant,
} from '../../providers/model/dates';
export type { DocumentStream } from '../../providers/model/document';
export type { CurrencyCode, Money } from '../../providers/model/money';
export type { Rate } from '../../providers/model/rate';
export type { TmfSettings } from '../../providers/tmf678/dialect';
export { BillingError, invalidParameter } from '../../providers/transport/errors';
export type { Clock } from '../../providers/transport/clock';
export type { WalkEnd, WalkedPage } from '../../providers/transport/pageWalk';
export type { Transport, TransportBody, TransportRequest, TransportResponse } from '../../providers/transport/port';
