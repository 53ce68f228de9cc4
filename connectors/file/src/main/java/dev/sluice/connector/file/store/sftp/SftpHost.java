package dev.sluice.connector.file.store.sftp;

import dev.sluice.connector.file.store.StoreKind;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URI;
import java.util.Objects;

/**
 * Who is asked, and as whom.
 *
 * @param user the user
 * @param name the server
 * @param port its port
 */
record SftpHost(String user, String name, int port) {
    private static final int USUAL_PORT = 22;

    SftpHost {
        Objects.requireNonNull(user);
        Objects.requireNonNull(name);
    }

    /** Reads {@code user@host:port}; user and port may be left out, as with {@code ssh}. */
    static SftpHost parse(String text) {
        int at = text.lastIndexOf('@');
        String user = at < 0 ? System.getProperty("user.name") : text.substring(0, at);
        try {
            URI uri = URI.create("sftp://" + text.substring(at + 1));
            String host = uri.getHost();
            if (host != null && !user.isEmpty()) {
                String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
                return new SftpHost(user, name, uri.getPort() < 0 ? USUAL_PORT : uri.getPort());
            }
        } catch (IllegalArgumentException malformed) {
            // falls through
        }
        throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the address names no server")
                .at("path")
                .fix("write it like " + StoreKind.SFTP.example() + ", with :port behind the host where it is not 22")
                .exception();
    }

    @Override
    public String toString() {
        return "sftp://" + user + "@" + name + (port == USUAL_PORT ? "" : ":" + port);
    }
}
