/** A certificate of nobody, for clients (`extendedKeyUsage=clientAuth`): what a forger shows who has never seen CI's. Its key was thrown away. */
export const strangerCertificate = `-----BEGIN CERTIFICATE-----
MIIBizCCATGgAwIBAgIUQM+u3jZXuPSQMlisisxfqVZJKzwwCgYIKoZIzj0EAwIw
ETEPMA0GA1UEAwwGY2xpZW50MCAXDTI2MTEyNDEzMTkyM1oYDzIxMjYxMDMxMTMx
OTIzWjARMQ8wDQYDVQQDDAZjbGllbnQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAQEvUO/IExoIB59xygoliGwtUD9a5FLM8p6YCeRL8jwrxCr3wrmtr4YMO+EyvdS
mU1Dp59KXXyAVPaWRKjRkQA+o2UwYzAdBgNVHQ4EFgQU1KgkDOcMdMOHly92BRV/
P3eu5n4wHwYDVR0jBBgwFoAU1KgkDOcMdMOHly92BRV/P3eu5n4wEwYDVR0lBAww
CgYIKwYBBQUHAwIwDAYDVR0TAQH/BAIwADAKBggqhkjOPQQDAgNIADBFAiEAmwTJ
ceTn+3SII4Wx2Wgc8Mx36FoudMGTFAMxUbLzRCsCIF2BAJdr2hZXv3RexoFtzVpq
06yW2ofDt2Q+mSbRRl7/
-----END CERTIFICATE-----
`;
