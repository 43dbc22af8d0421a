// Jest's global teardown of the end-to-end tests.
import { stopSharedN8n } from './n8n/sharedN8n';

export default stopSharedN8n;
