package dev.sluice.testkit.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A database of a test on a server that is reached by TCP. */
public abstract class SqlServerDatabase extends SqlDatabase {
    /** The address of the server, an IPv4 address. */
    public abstract String host();

    /** The TCP port of the server. */
    public abstract int port();

    /**
     * The options by which a connector reaches the server.
     *
     * @param otherwise options beside these, or in their place
     */
    public final Map<String, @Nullable Object> options(String user, String password, Map<String, Object> otherwise) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("host", host());
        options.put("port", port());
        options.put("username", user);
        options.put("password", password);
        options.putAll(otherwise);
        return options;
    }
}
