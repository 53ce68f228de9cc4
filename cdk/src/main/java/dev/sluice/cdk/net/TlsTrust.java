package dev.sluice.cdk.net;

import dev.sluice.cdk.config.Settings;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes TLS sockets that trust what the options say. Certificates and keys never touch a disk. */
public final class TlsTrust {
    private static final char[] NO_PASSWORD = {};

    private TlsTrust() {}

    /**
     * The factory for a TLS mode.
     *
     * @param mode the group of options of the mode, if one was chosen
     * @param verifies false to accept any certificate, as many modes of databases do
     */
    public static SSLSocketFactory socketFactory(Optional<Settings> mode, boolean verifies) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            Optional<String> authorities = mode.flatMap(options -> options.find(TlsOptions.CA_CERTIFICATE));
            TrustManager[] trust = verifies ? trusted(authorities) : new TrustManager[] {new TrustAll()};
            context.init(mode.flatMap(TlsTrust::clientKeys).orElse(null), trust, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException unusable) {
            throw Problem.of("E_TLS_CONFIG", ProblemKind.CONFIG, "the certificates or keys for TLS cannot be used")
                    .at("ssl_mode")
                    .because(unusable.getMessage())
                    .fix("give certificates as PEM, and the key as unencrypted PKCS #8 (BEGIN PRIVATE KEY)")
                    .exception(unusable);
        }
    }

    private static TrustManager[] trusted(Optional<String> pem) throws GeneralSecurityException, IOException {
        KeyStore store = null;
        if (pem.isPresent()) {
            store = emptyStore();
            int number = 0;
            for (Certificate certificate : certificates(pem.get())) {
                store.setCertificateEntry("authority " + number++, certificate);
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static Optional<KeyManager[]> clientKeys(Settings options) {
        Optional<String> certificate = options.find(TlsOptions.CLIENT_CERTIFICATE);
        Optional<String> key = options.find(TlsOptions.CLIENT_KEY);
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyStore store = emptyStore();
            Certificate[] chain = certificates(certificate.get()).toArray(new Certificate[0]);
            store.setKeyEntry("client", privateKey(key.get()), NO_PASSWORD, chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return Optional.of(factory.getKeyManagers());
        } catch (GeneralSecurityException | IOException unusable) {
            throw Problem.of("E_TLS_CONFIG", ProblemKind.CONFIG, "the client certificate or its key cannot be used")
                    .at("ssl_mode.client_key")
                    .because(unusable.getMessage())
                    .fix("give the key as unencrypted PKCS #8 (BEGIN PRIVATE KEY)")
                    .exception(unusable);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        PKCS8EncodedKeySpec encoded;
        try {
            encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidKeySpecException("the key is not PEM", notBase64);
        }
        for (String algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException otherAlgorithm) {
                // The encoding names the algorithm, but the JDK offers no way to ask it: try the next one.
            }
        }
        throw new InvalidKeySpecException("the key is neither RSA nor EC nor Ed25519 in PKCS #8");
    }

    /**
     * Accepts every certificate: encryption without proof of identity, which the user chose by the mode. Being asked for the
     * whole connection, it also keeps drivers from demanding the name of the host, which certificates that servers make for
     * themselves do not have.
     */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
