/** What the nodes need of the connectors: one module, built once and shared by all nodes. */
export type { BillConnector } from '../../providers/connector';
export type { Capabilities } from '../../providers/capabilities';
export { type BillingAccount, ACCOUNT_FIELDS } from '../../providers/model/account';
export { availabilityOf } from '../../providers/model/availability';
export { type Bill, type BillField, BILL_FIELDS } from '../../providers/model/bill';
export { contentHash } from '../../providers/model/contentHash';
export type { CurrencyCode, Money } from '../../providers/model/money';
export type { Rate } from '../../providers/model/rate';
export { BillingError } from '../../providers/transport/errors';
export type { Clock } from '../../providers/transport/clock';
export type { Transport, TransportBody, TransportRequest, TransportResponse } from '../../providers/transport/port';
