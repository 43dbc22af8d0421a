// Jest's global setup of the end-to-end tests.
import { prepareSharedN8n } from './n8n/sharedN8n';

export default prepareSharedN8n;
