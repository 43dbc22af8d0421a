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
export type {
	BillConnector,
	BillOrder,
	BillOrderField,
	BillQuery,
	ConnectorDeps,
	ConnectorSettings,
	Page,
	RateQuery,
} from '../../providers/connector';
export type { Capabilities } from '../../providers/capabilities';
export { type UnpackedFile, unpackZip } from '../../providers/documents/unzip';
export { FloLiveConnector } from '../../providers/floLive/connector';
export { LumenConnector } from '../../providers/lumen/connector';
export { type LumenSettings, credentialOrigins as lumenOrigins } from '../../providers/lumen/settings';
export { type BillingAccount, ACCOUNT_FIELDS } from '../../providers/model/account';
export { availabilityOf } from '../../providers/model/availability';
export { type Bill, type BillField, type BillState, BILL_FIELDS } from '../../providers/model/bill';
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
export type { BillDocument, DocumentStream } from '../../providers/model/document';
export { keyOf } from '../../providers/model/identity';
export { type JsonObject, objectOf, textOf as jsonText } from '../../providers/model/json';
export type { CurrencyCode, Money } from '../../providers/model/money';
export type { Rate, RateType } from '../../providers/model/rate';
export { oracleBrmDialect } from '../../providers/oracleBrm/connector';
export { BILL_PARAMETERS as ORACLE_BILL_PARAMETERS } from '../../providers/oracleBrm/parameters';
export { type OnDemandRequest, Tmf678Api } from '../../providers/tmf678/api';
export { STANDARD_BILL_FILTERS, STANDARD_RATE_FILTERS } from '../../providers/tmf678/capabilities';
export {
	type ComparableMember,
	type Comparison,
	type Condition,
	comparableMembers,
	meeting,
	planConditions,
} from '../../providers/tmf678/conditions';
export { TmfConnector } from '../../providers/tmf678/connector';
export type { TmfSettings } from '../../providers/tmf678/dialect';
export { standardDialect } from '../../providers/tmf678/standard';
export { type RecordOptions, recordParameters } from '../../providers/tmf678/walkOptions';
export type { WireBillOnDemand } from '../../providers/tmf678/wire';
export { BillingError, invalidParameter } from '../../providers/transport/errors';
export type { Clock } from '../../providers/transport/clock';
export type { WalkEnd, WalkedPage } from '../../providers/transport/pageWalk';
export type { Transport, TransportBody, TransportRequest, TransportResponse } from '../../providers/transport/port';
