import { type LinkRules, linkRequest } from '../../../providers/documents/links';
import { billingError } from '../support/errors';

const RULES: LinkRules = { ownOrigins: ['https://api.example.com/billing/v1', 'https://files.example.com'] };

describe('own links', () => {
	it.each([
		['https://api.example.com/doc/1.pdf?sig=a%2Bb', 'https://api.example.com/doc/1.pdf?sig=a%2Bb'],
		['https://API.example.com:443/doc/1.pdf', 'https://api.example.com/doc/1.pdf'],
		['https://files.example.com/1.pdf#page=2', 'https://files.example.com/1.pdf'],
		['/doc/1.pdf', 'https://api.example.com/doc/1.pdf'],
		['//files.example.com/1.pdf', 'https://files.example.com/1.pdf'],
	])('%s is followed with the credentials', (link, url) => {
		expect(linkRequest(link, RULES)).toEqual({
			method: 'GET',
			url,
			headers: {},
			expect: 'stream',
			credential: 'SEND',
		});
	});

	it('an own origin may be plain http on this machine, as configured', () => {
		const request = linkRequest('/doc/1.pdf', { ownOrigins: ['http://127.0.0.1:4010'] });
		expect(request).toMatchObject({ url: 'http://127.0.0.1:4010/doc/1.pdf', credential: 'SEND' });
	});
});

describe('links elsewhere', () => {
	it.each([
		'https://storage.example.net/1.pdf?X-Signature=abc',
		'https://api.example.com:8443/1.pdf',
		'https://api.example.com.evil.net/1.pdf',
		'https://8.8.8.8/1.pdf',
		'https://100.128.0.1/1.pdf',
		'https://172.32.0.1/1.pdf',
		'https://192.0.1.1/1.pdf',
		'https://198.20.0.1/1.pdf',
		'https://169.253.1.1/1.pdf',
		'https://[2606:4700::1111]/1.pdf',
	])('%s is followed without credentials', (link) => {
		expect(linkRequest(link, RULES)).toMatchObject({ url: link, credential: 'WITHHOLD' });
	});

	it.each(['\\\\storage.example.net\\1.pdf', '//storage.example.net/1.pdf'])(
		'%s, written as if relative, gets no credentials',
		(link) => {
			expect(linkRequest(link, RULES)).toMatchObject({
				url: 'https://storage.example.net/1.pdf',
				credential: 'WITHHOLD',
			});
		},
	);

	it.each([
		['http://storage.example.net/1.pdf', 'is not https'],
		['http://api.example.com/1.pdf', 'is not https'],
		['https://user:pw@api.example.com/1.pdf', 'user name'],
		['https://api.example.com@evil.net/1.pdf', 'user name'],
		['https://:pw@storage.example.net/1.pdf', 'user name'],
		...[
			'localhost',
			'LOCALHOST.',
			'a.localhost',
			'db.internal',
			'printer.local',
			'metadata',
			'127.0.0.1',
			'127.1',
			'2130706433',
			'0x7f.0.0.1',
			'0177.0.0.1',
			'0.0.0.0',
			'10.1.2.3',
			'100.64.0.1',
			'169.254.169.254',
			'172.16.0.1',
			'172.31.255.255',
			'192.168.1.1',
			'192.0.0.8',
			'198.18.0.1',
			'198.19.0.1',
			'224.0.0.1',
			'255.255.255.255',
			'[::]',
			'[::1]',
			'[fc00::1]',
			'[fd12::1]',
			'[fe80::1]',
			'[ff02::1]',
			'[::ffff:127.0.0.1]',
			'[::ffff:8.8.8.8]',
			'[64:ff9b::7f00:1]',
			'[2002:7f00:1::]',
			'[2001:0:1::1]',
			'[2001::1]',
		].map((host) => [`https://${host}/1.pdf`, 'private network']),
	])('%s is refused: %s', async (link, why) => {
		const error = await billingError(() => linkRequest(link, RULES));
		expect(error.kind).toBe('FORBIDDEN');
		expect(error.message).toContain(why);
		expect(error.hint).not.toBeNull();
	});

	it('only allow-listed hosts are asked where there is a list', async () => {
		const rules = { ...RULES, foreignHosts: ['storage.example.net'] };
		expect(linkRequest('https://storage.example.net/1.pdf', rules).credential).toBe('WITHHOLD');
		const error = await billingError(() => linkRequest('https://other.example.net/1.pdf', rules));
		expect(error.message).toContain('not a host of this provider');
	});

	it('plain http is possible where allowed, private networks are not', async () => {
		const rules = { ...RULES, allowHttp: true };
		expect(linkRequest('http://storage.example.net/1.pdf', rules).credential).toBe('WITHHOLD');
		expect((await billingError(() => linkRequest('http://localhost/1.pdf', rules))).kind).toBe('FORBIDDEN');
	});

	it.each([
		'file:///etc/passwd',
		'data:text/plain,x',
		'javascript:alert(1)',
		'ftp://example.net/1',
		'https://',
		'http://[::',
	])('%s is no link', async (link) => {
		expect(await billingError(() => linkRequest(link, RULES))).toMatchObject({ kind: 'INVALID_REQUEST' });
	});

	it('says nothing of path and query, which may hold a signature', async () => {
		const error = await billingError(() => linkRequest('http://storage.example.net/secret?sig=secret', RULES));
		expect(`${error.message} ${error.hint}`).not.toContain('secret');
	});
});
