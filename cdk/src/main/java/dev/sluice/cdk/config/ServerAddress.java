package dev.sluice.cdk.config;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server in one text, {@code scheme://user:password@host:port/database?name=value}, with its percent
 * signs undone. The parameters are as they stand there; each connector knows its own and refuses the rest.
 *
 * @param host the host; {@code localhost} if none is named
 * @param port the port; null if none is named
 * @param user the user; null if none is named
 * @param password the password; null if none is given
 * @param database the database; null if none is named
 * @param parameters the parameters by name, in order
 */
public record ServerAddress(
        String host,
        @Nullable Long port,
        @Nullable String user,
        @Nullable String password,
        @Nullable String database,
        Map<String, String> parameters) {
    /** Java's own class for addresses knows no host with an underscore, and takes a malformed port for a host. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<scheme>[a-z]+)://(?:(?<user>[^/]*)@)?"
                + "(?<host>\\[[0-9A-Fa-f:.]+]|[^:/?#@]*)(?::(?<port>\\d{1,5}))?(?:/(?<database>[^?#]*))?(?:\\?(?<query>.*))?");

    public ServerAddress {
        parameters = Map.copyOf(parameters);
    }

    /** Names what is there but the password. */
    @Override
    public String toString() {
        return "ServerAddress[" + user + "@" + host + ":" + port + "/" + database + "]";
    }

    /**
     * Reads an address.
     *
     * @param example how an address looks, for messages; its schemes are {@code schemes}
     * @return empty if the text has another scheme
     * @throws ProblemException if it has the scheme and is malformed
     */
    public static Optional<ServerAddress> parse(String text, String example, String... schemes) {
        boolean ours = false;
        for (String scheme : schemes) {
            ours |= text.startsWith(scheme + "://");
        }
        if (!ours) {
            return Optional.empty();
        }
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            throw bad("the address is malformed", example);
        }
        String userInfo = parts.group("user");
        int colon = userInfo == null ? -1 : userInfo.indexOf(':');
        String user = userInfo == null || colon < 0 ? userInfo : userInfo.substring(0, colon);
        String host = parts.group("host");
        String port = parts.group("port");
        String database = parts.group("database");
        return Optional.of(new ServerAddress(
                host.isEmpty() ? "localhost" : Query.decoded(host),
                port == null ? null : (Long) Long.parseLong(port),
                user == null ? null : Query.decoded(user),
                userInfo == null || colon < 0 ? null : Query.decoded(userInfo.substring(colon + 1)),
                database == null || database.isEmpty() ? null : Query.decoded(database),
                parameters(parts.group("query"))));
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String parameter : query.split("&", -1)) {
                int equals = parameter.indexOf('=');
                String value = equals < 0 ? "" : Query.decoded(parameter.substring(equals + 1));
                if (!parameter.isEmpty()) {
                    parameters.put(equals < 0 ? parameter : parameter.substring(0, equals), value);
                }
            }
        }
        return parameters;
    }

    /** The problem of an address. It may hold a password, so the address is not repeated. */
    public static ProblemException bad(String message, String example) {
        return Problem.of("E_BAD_ADDRESS", ProblemKind.CONFIG, message)
                .fix("write it as " + example)
                .exception();
    }
}
