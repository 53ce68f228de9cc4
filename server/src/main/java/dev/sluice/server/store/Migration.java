package dev.sluice.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A step from one version of the tables to the next: a script, the same for both databases apart from the names of
 * types. One that was released never changes; a new one is added behind it.
 *
 * @param name the name of the script
 * @param script its statements; each ends with a semicolon at the end of a line
 */
record Migration(String name, String script) {
    /** All steps, in order; a store that has made the first n of them has version n. */
    static List<Migration> all() {
        return List.of(
                of("001-tenants.sql"),
                of("002-connections.sql"),
                of("003-jobs.sql"),
                of("004-states.sql"),
                of("005-schedules.sql"),
                of("006-operations.sql"),
                of("007-schema-changes.sql"),
                of("010-jobs-by-status.sql"),
                of("011-drafts.sql"),
                of("012-lineage.sql"),
                of("013-alerts.sql"),
                of("014-builder.sql"),
                of("015-mapped-rejects.sql"));
    }

    private static Migration of(String name) {
        try (InputStream script = Objects.requireNonNull(Migration.class.getResourceAsStream(name), name)) {
            return new Migration(name, new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** What tells this script from another one of the same name. */
    String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException(cause);
        }
    }

    List<String> statements(Dialect dialect) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : dialect.translated(script).split("\n", -1)) {
            if (line.startsWith("--")) {
                continue;
            }
            statement.append(line).append('\n');
            if (line.endsWith(";")) {
                statements.add(statement.substring(0, statement.length() - 2).strip());
                statement.setLength(0);
            }
        }
        if (!statement.toString().isBlank()) {
            throw new IllegalStateException(name + " does not end with a semicolon");
        }
        return statements;
    }
}
