package dev.sluice.server.net;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends a content to an address that a user has given. It connects to the address that the guard has looked at, and to
 * no other: names are not resolved again, and no redirect is followed.
 */
public final class GuardedHttp {
    private static final int MOST_ANSWERED = 16 * 1024;

    private final EgressGuard guard;
    private final int timeoutMillis;

    /**
     * One behind a guard.
     *
     * @param timeout how long it waits for a connection, and for an answer
     */
    public GuardedHttp(EgressGuard guard, Duration timeout) {
        this.guard = guard;
        this.timeoutMillis = (int) timeout.toMillis();
    }

    /**
     * Sends a JSON text.
     *
     * @param headers what else is said
     * @throws ProblemException code {@code E_URL} if it may not go there; {@code E_SEND} if it did not arrive, or was not
     *     answered as received
     */
    public void post(URI uri, String json, Map<String, String> headers) {
        InetAddress address = guard.check(uri);
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
        int status;
        try (Socket plain = new Socket()) {
            plain.setSoTimeout(timeoutMillis);
            plain.connect(new InetSocketAddress(address, port), timeoutMillis);
            try (Socket socket = secure ? secured(plain, uri.getHost(), port) : plain) {
                write(socket.getOutputStream(), uri, json, headers);
                status = status(socket.getInputStream());
            }
        } catch (IOException failure) {
            throw failed(uri, String.valueOf(failure.getMessage())).exception();
        }
        if (status < 200 || status > 299) {
            throw failed(
                            uri,
                            status >= 300 && status < 400
                                    ? "it answered with a redirect, which is not followed"
                                    : "it answered " + status)
                    .exception();
        }
    }

    /** The path of an address may be a secret, so only its host is told. */
    private static Problem failed(URI uri, String why) {
        return Problem.of("E_SEND", ProblemKind.TRANSIENT, "the message did not arrive")
                .at(uri.getHost())
                .because(why)
                .fix("look whether the address is right and its server is there");
    }

    private static Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate has to be the one of the name
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static void write(OutputStream out, URI uri, String json, Map<String, String> headers) throws IOException {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getHost())
                .append(uri.getPort() > 0 ? ":" + uri.getPort() : "")
                .append("\r\nUser-Agent: sluice\r\nContent-Type: application/json\r\nConnection: close\r\n")
                .append("Content-Length: ")
                .append(content.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(content);
        out.flush();
    }

    /** The number of the answer; of its content nobody needs to know. */
    private static int status(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
            if (line.size() > MOST_ANSWERED) {
                throw new IOException("the answer is no answer of HTTP");
            }
        }
        String[] parts = line.toString(StandardCharsets.ISO_8859_1).strip().split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("\\d{3}")) {
            throw new IOException("the answer is no answer of HTTP");
        }
        return Integer.parseInt(parts[1]);
    }
}
