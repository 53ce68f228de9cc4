package dev.sluice.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsCertificateTest {
    @Test
    void isTrustedByThoseWhoAreToldTo() throws Exception {
        TlsCertificate certificate = TlsCertificate.selfSigned("localhost", "127.0.0.1");
        assertThat(certificate.certificate().getSubjectAlternativeNames()).hasSize(2);
        assertThat(shakesHands(certificate, trusting(certificate))).isTrue();
        SSLContext others = trusting(TlsCertificate.selfSigned("localhost", "127.0.0.1"));
        assertThatExceptionOfType(SSLException.class).isThrownBy(() -> shakesHands(certificate, others));
    }

    private static SSLContext trusting(TlsCertificate certificate) throws Exception {
        X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(certificate.certificatePem().getBytes(StandardCharsets.US_ASCII)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", read);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static boolean shakesHands(TlsCertificate certificate, SSLContext client) throws Exception {
        try (SSLServerSocket server = (SSLServerSocket)
                certificate.serverContext().getServerSocketFactory().createServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> {
                try (SSLSocket accepted = (SSLSocket) server.accept()) {
                    accepted.startHandshake();
                } catch (java.io.IOException refused) {
                    // The client does not trust the certificate, which the test sees on its side.
                }
            });
            try (SSLSocket socket =
                    (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", server.getLocalPort())) {
                socket.startHandshake();
                return socket.getSession().isValid();
            }
        }
    }

    @Test
    void itsKeyIsForItsOwnerOnly(@TempDir Path files) throws Exception {
        Path key = files.resolve("server.key");
        TlsCertificate.selfSigned("localhost").writePem(files.resolve("server.crt"), key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(key))
                .startsWith("-----BEGIN PRIVATE KEY-----\n")
                .endsWith("-----END PRIVATE KEY-----\n");
        assertThat(Files.readString(files.resolve("server.crt"))).startsWith("-----BEGIN CERTIFICATE-----\n");
    }
}
