package dev.sluice.server.store;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a store is. */
public sealed interface StoreLocation {
    /**
     * A SQLite database of this machine.
     *
     * @param path the directory that holds it; made if it is missing
     */
    record Directory(Path path) implements StoreLocation {
        public Directory {
            Objects.requireNonNull(path);
        }
    }

    /**
     * A PostgreSQL database, which several servers may share.
     *
     * @param url its address as JDBC has it, without credentials
     * @param user who logs in; null for the driver's choice
     * @param password the password; null if none is needed
     */
    record Postgres(
            String url, @Nullable String user, @Nullable String password) implements StoreLocation {
        public Postgres {
            Objects.requireNonNull(url);
        }

        @Override
        public String toString() {
            return url; // the password stays out of logs
        }
    }

    /**
     * The PostgreSQL database of an address as people write it: {@code postgresql://user:password@host:port/database}.
     * The parameters are those of the JDBC driver, with {@code currentSchema} for another schema than the default.
     *
     * @throws ProblemException of kind {@code CONFIG}, code {@code E_CONTROL_URL}, if it is none
     */
    static StoreLocation postgres(String url) {
        String address = url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url;
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme();
            String host = uri.getHost();
            if (host == null || !("postgresql".equals(scheme) || "postgres".equals(scheme))) {
                throw notAnAddress();
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String jdbc = "jdbc:postgresql://" + host + port + uri.getRawPath() + query;
            String login = uri.getRawUserInfo();
            if (login == null) {
                return new Postgres(jdbc, null, null);
            }
            int colon = login.indexOf(':');
            return colon < 0
                    ? new Postgres(jdbc, decoded(login), null)
                    : new Postgres(jdbc, decoded(login.substring(0, colon)), decoded(login.substring(colon + 1)));
        } catch (URISyntaxException _) { // its message would repeat the password
            throw notAnAddress();
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static ProblemException notAnAddress() {
        return Problem.of("E_CONTROL_URL", ProblemKind.CONFIG, "the address of the store is not understood")
                .fix("write it as postgresql://user:password@host:5432/database, special characters of the password"
                        + " as %XX; or leave it out to have the store in the data directory")
                .exception();
    }
}
