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
export { type UnpackedFile, unpackZip } from '../../providers/documents/unzip';
export { toBill as toFloLiveBill } from '../../providers/floLive/billMapping';
export { FLOLIVE_CAPABILITIES } from '../../providers/floLive/capabilities';
export { FloLiveConnector, INVOICE_FILE_TYPES } from '../../providers/floLive/connector';
export type { InvoiceFiles } from '../../providers/floLive/invoiceFiles';
export { toLumenBill } from '../../providers/lumen/billMapping';
export { capabilitiesOf as lumenCapabilities } from '../../providers/lumen/capabilities';
export { LumenConnector } from '../../providers/lumen/connector';
export { openBillDocument as openLumenDocument } from '../../providers/lumen/documents';
export { toAppliedRate as toLumenRate } from '../../providers/lumen/rateMapping';
export { type LumenSettings, credentialOrigins as lumenOrigins } from '../../providers/lumen/settings';
export { invoiceOf as lumenInvoiceOf } from '../../providers/lumen/statements';
export { type BillingAccount, ACCOUNT_FIELDS } from '../../providers/model/account';
export { availabilityOf } from '../../providers/model/availability';
export { type Bill, type BillField, BILL_FIELDS } from '../../providers/model/bill';
export { type BillState, type BillType, BILL_STATES, BILL_TYPES } from '../../providers/model/billWords';
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
export type { BillDocument, DocumentRef, DocumentStream } from '../../providers/model/document';
export { type Identity, type LocalId, type Provider, PROVIDERS, keyOf } from '../../providers/model/identity';
export {
	type JsonObject,
	type JsonValue,
	isJsonObject,
	objectOf,
	textOf as jsonText,
} from '../../providers/model/json';
export type { CurrencyCode, Money } from '../../providers/model/money';
export { type Rate, type RateType, RATE_TYPES } from '../../providers/model/rate';
export { OracleBrmConnector, oracleBrmDialect } from '../../providers/oracleBrm/connector';
export { BILL_PARAMETERS as ORACLE_BILL_PARAMETERS } from '../../providers/oracleBrm/parameters';
export {
	type FileParameters as OrangeFileParameters,
	OrangeBusinessApi,
	type SnapshotSort as OrangeSnapshotSort,
} from '../../providers/orangeBusiness/api';
export {
	toBill as toOrangeBill,
	toBillingAccount as toOrangeAccount,
} from '../../providers/orangeBusiness/billMapping';
export { ORANGE_CAPABILITIES } from '../../providers/orangeBusiness/capabilities';
export { OrangeBusinessConnector } from '../../providers/orangeBusiness/connector';
export { type DateFilter as OrangeDateFilter, dateFilterWord } from '../../providers/orangeBusiness/dateFilter';
export {
	type AliasedField as OrangeField,
	type FieldNames as OrangeFieldNames,
	type FieldOverrides as OrangeFieldOverrides,
	fieldNames as orangeFieldNames,
} from '../../providers/orangeBusiness/fieldAliases';
export { toRate as toOrangeRate } from '../../providers/orangeBusiness/itemMapping';
export type {
	Report as OrangeReport,
	ReportOptions as OrangeReportOptions,
	ReportValue as OrangeReportValue,
} from '../../providers/orangeBusiness/reportRows';
export type { ModeOptions as OrangeModeOptions } from '../../providers/orangeBusiness/requests';
export {
	type ComparisonOperator,
	type SearchQuery as OrangeSearchQuery,
	type SearchScalar,
	and,
	checkedSearchQuery,
	compare,
	oneOf,
	or,
} from '../../providers/orangeBusiness/searchQuery';
export type { WireBill as OrangeWireBill } from '../../providers/orangeBusiness/wire';
export { billMatches, filtersSet } from '../../providers/query/billFilter';
export { forEachKey } from '../../providers/query/byKey';
export { checkAccountQuery, checkBillQuery, checkRateQuery } from '../../providers/query/check';
export { isAfter, sortBills } from '../../providers/query/order';
export { rateFiltersSet, rateMatches } from '../../providers/query/rateFilter';
export { type OnDemandRequest, Tmf678Api } from '../../providers/tmf678/api';
export { toBill as toTmfBill } from '../../providers/tmf678/billMapping';
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
export { toRate as toTmfRate } from '../../providers/tmf678/rateMapping';
export { Tmf678Connector, standardDialect } from '../../providers/tmf678/standard';
export { type RecordOptions, recordParameters } from '../../providers/tmf678/walkOptions';
export type { WireBillOnDemand } from '../../providers/tmf678/wire';
export { BillingError, invalidParameter } from '../../providers/transport/errors';
export type { Clock } from '../../providers/transport/clock';
export type { WalkEnd, WalkedPage } from '../../providers/transport/pageWalk';
export type { Transport, TransportBody, TransportRequest, TransportResponse } from '../../providers/transport/port';
export { readWhole } from '../../providers/transport/stream';
export { type HelperError, isWithoutToken, networkError, tokenError, tooLate } from './networkError';
