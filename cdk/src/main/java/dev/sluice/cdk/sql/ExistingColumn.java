package dev.sluice.cdk.sql;

import java.util.Objects;

/**
 * A column of a table that is there.
 *
 * @param name its name
 * @param type its type in the database's words, as {@link SqlDialect#holds} understands it
 */
public record ExistingColumn(String name, String type) {
    public ExistingColumn {
        Objects.requireNonNull(name);
        Objects.requireNonNull(type);
    }
}
