import { isGuid, MicrosoftAuthority } from './microsoft-authority';

const HOST = 'https://login.microsoftonline.com';
const PERSONAL = '9188040d-6c67-4c5b-b112-36a304b66dad';
const CONTOSO = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const FABRIKAM = 'b4c546a4-7dac-46a6-a7dd-ed822a11efd3';

describe('an authority of Microsoft', () => {
  it.each([
    ['common', [true, true, true], '{tenantid}'],
    ['organizations', [true, true, false], '{tenantid}'],
    ['consumers', [false, false, true], PERSONAL],
    [CONTOSO, [true, false, false], CONTOSO],
  ])('%s lets in whom it names', (tenant, admitted, published) => {
    const authority = MicrosoftAuthority.of(`${HOST}/${tenant}/v2.0`);
    expect([CONTOSO, FABRIKAM, PERSONAL].map((one) => authority?.admits(one))).toEqual(admitted);
    expect(authority?.jwksUri).toBe(`${HOST}/${tenant}/discovery/v2.0/keys`);
    expect(authority?.issuerOf(CONTOSO)).toBe(`${HOST}/${CONTOSO}/v2.0`);
    expect(authority?.publishedIssuer).toBe(`${HOST}/${published}/v2.0`);
  });

  it.each([
    '',
    HOST,
    `${HOST}/common`,
    `${HOST}/common/v2.0/`,
    `${HOST}/common/v1.0`,
    `${HOST}/contoso.example/v2.0`,
    `${HOST}/${CONTOSO.toUpperCase()}/v2.0`,
    `${HOST}/{tenantid}/v2.0`,
    `${HOST}/common/v2.0?x`,
    `${HOST}/a/common/v2.0`,
    `https://sts.windows.net/${CONTOSO}/`,
    `ftp://login.microsoftonline.com/common/v2.0`,
    `https://:0/common/v2.0`,
  ])('is not %p', (address) => expect(MicrosoftAuthority.of(address)).toBeUndefined());
});

describe('an id of Microsoft’s', () => {
  it.each([CONTOSO, '00000000-0000-0000-0000-000000000000'])('is %p', (text) => expect(isGuid(text)).toBe(true));

  it.each([CONTOSO.toUpperCase(), `${CONTOSO}\n`, ` ${CONTOSO}`, `{${CONTOSO}}`, '', 'common', 7, null, [CONTOSO]])(
    'is not %p',
    (text) => expect(isGuid(text)).toBe(false),
  );
});
