package dev.sluice.cdk.net;

import dev.sluice.cdk.config.Option;

/** The options of TLS that the modes of a connector are made of. Names are those of Airbyte. */
public final class TlsOptions {
    /** Whom to trust. */
    public static final Option<String> CA_CERTIFICATE = Option.secretLines("ca_certificate", "CA certificate")
            .describedAs("Certificates that are trusted, as PEM. Without them, those that Java trusts.");

    /** Who the client is. */
    public static final Option<String> CLIENT_CERTIFICATE = Option.secretLines(
                    "client_certificate", "Client certificate")
            .describedAs("Certificate by which the client proves itself, as PEM.");

    /** What proves it. */
    public static final Option<String> CLIENT_KEY = Option.secretLines("client_key", "Client key")
            .describedAs("Private key of the client certificate, PKCS #8 as PEM, without a passphrase.");

    private TlsOptions() {}
}
