package dev.sluice.testkit.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed TLS certificate with its private key, made at test time by the JDK's {@code keytool}, so that no key
 * lies in the repository and none expires. Immutable.
 */
public final class TlsCertificate {
    private static final String ALIAS = "server";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore store;

    private TlsCertificate(KeyStore store) {
        this.store = store;
    }

    /**
     * Makes a certificate that is valid for a day.
     *
     * @param hosts the names and IPv4 addresses that it is valid for, at least one
     */
    public static TlsCertificate selfSigned(String... hosts) {
        try {
            Path file = Files.createTempDirectory("sluice-tls-").resolve("store.p12");
            try {
                generate(file, List.of(hosts));
                KeyStore store = KeyStore.getInstance("PKCS12");
                try (InputStream in = Files.newInputStream(file)) {
                    store.load(in, PASSWORD);
                }
                return new TlsCertificate(store);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(file.getParent());
            }
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException("keytool made no certificate: " + failed.getMessage(), failed);
        }
    }

    private static void generate(Path file, List<String> hosts) throws IOException {
        String names = hosts.stream()
                .map(host -> (host.matches("[0-9.]+") ? "ip:" : "dns:") + host)
                .collect(Collectors.joining(","));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + hosts.getFirst(),
                "-ext",
                "san=" + names,
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(output);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /** The certificate. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) store.getCertificate(ALIAS);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The certificate as PEM text, which a client can be told to trust. */
    public String certificatePem() {
        try {
            return pem("CERTIFICATE", certificate().getEncoded());
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Writes certificate and key as PEM files; only their owner may read the key, as servers demand. */
    public void writePem(Path certificateFile, Path keyFile) throws IOException {
        Files.writeString(certificateFile, certificatePem());
        if (Files.getFileStore(keyFile.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(
                    keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try {
            Files.writeString(
                    keyFile, pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded()));
        } catch (GeneralSecurityException broken) {
            throw new IOException(broken);
        }
    }

    /** What a Java server needs in order to show this certificate. */
    public SSLContext serverContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String pem(String label, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        Arrays.fill(content, (byte) 0);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }
}
