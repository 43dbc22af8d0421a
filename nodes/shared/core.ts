/** What the nodes need of the connectors: one module, built once and shared by all nodes. */
export { BillingError } from '../../providers/transport/errors';
export type { Clock } from '../../providers/transport/clock';
export type { Transport, TransportBody, TransportRequest, TransportResponse } from '../../providers/transport/port';
