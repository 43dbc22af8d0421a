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
export type { BillFilterName, Capabilities, RateFilterName } from '../../providers/capabilities';
export type {
	BillConnector,
	BillHandle,
	BillOrder,
	BillQuery,
	ByKey,
	ConnectorDeps,
	ConnectorSettings,
	Page,
	Range,
	RateList,
	RateQuery,
	WalkOptions,
} from '../../providers/connector';
export { documentFileName } from '../../providers/documents/fileName';
export { bytesDocument } from '../../providers/documents/open';
export { toBill as toFloLiveBill } from '../../providers/floLive/billMapping';
export { FLOLIVE_CAPABILITIES } from '../../providers/floLive/capabilities';
export { FloLiveConnector, INVOICE_FILE_TYPES } from '../../providers/floLive/connector';
export type { InvoiceFile, InvoiceFiles } from '../../providers/floLive/invoiceFiles';
export { toLumenBill } from '../../providers/lumen/billMapping';
export { capabilitiesOf as lumenCapabilities } from '../../providers/lumen/capabilities';
export { LumenConnector } from '../../providers/lumen/connector';
export { openBillDocument as openLumenDocument } from '../../providers/lumen/documents';
export { toAppliedRate as toLumenRate } from '../../providers/lumen/rateMapping';
export { type LumenSettings, credentialOrigins as lumenOrigins } from '../../providers/lumen/settings';
export { type BillingAccount, ACCOUNT_FIELDS } from '../../providers/model/account';
export { availabilityOf } from '../../providers/model/availability';
export {
	type Bill,
	type BillField,
	type BillState,
	type BillType,
	BILL_FIELDS,
	BILL_STATES,
	BILL_TYPES,
} from '../../providers/model/bill';
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
export { type Decimal, toDecimal } from '../../providers/model/decimal';
export type { DocumentRef, DocumentStream } from '../../providers/model/document';
export { type LocalId, type Provider, PROVIDERS, keyOf } from '../../providers/model/identity';
export type { JsonObject } from '../../providers/model/json';
export type { CurrencyCode, Money } from '../../providers/model/money';
export { type Rate, type RateType, RATE_TYPES } from '../../providers/model/rate';
export { OracleBrmConnector, oracleBrmDialect } from '../../providers/oracleBrm/connector';
export { toBill as toOrangeBill } from '../../providers/orangeBusiness/billMapping';
export { ORANGE_CAPABILITIES } from '../../providers/orangeBusiness/capabilities';
export { OrangeBusinessConnector } from '../../providers/orangeBusiness/connector';
export { fieldNames as orangeFieldNames } from '../../providers/orangeBusiness/fieldAliases';
export { toRate as toOrangeRate } from '../../providers/orangeBusiness/itemMapping';
export { billMatches, filtersSet } from '../../providers/query/billFilter';
export { forEachKey } from '../../providers/query/byKey';
export { checkAccountQuery, checkBillQuery, checkRateQuery } from '../../providers/query/check';
export { isAfter, sortBills } from '../../providers/query/order';
export { rateFiltersSet, rateMatches } from '../../providers/query/rateFilter';
export { toBill as toTmfBill } from '../../providers/tmf678/billMapping';
export { toRate as toTmfRate } from '../../providers/tmf678/rateMapping';
export { Tmf678Connector } from '../../providers/tmf678/standard';
export type { TmfSettings } from '../../providers/tmf678/dialect';
export { BillingError, invalidParameter } from '../../providers/transport/errors';
export type { Clock } from '../../providers/transport/clock';
export type { WalkEnd, WalkedPage } from '../../providers/transport/pageWalk';
export type { Transport, TransportBody, TransportRequest, TransportResponse } from '../../providers/transport/port';
