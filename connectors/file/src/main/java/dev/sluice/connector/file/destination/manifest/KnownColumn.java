package dev.sluice.connector.file.destination.manifest;

import java.util.Objects;

/**
 * A column that files of a target have.
 *
 * @param field the name of the field
 * @param column the name of the column
 * @param type its type in the words of the format
 */
public record KnownColumn(String field, String column, String type) {
    public KnownColumn {
        Objects.requireNonNull(field);
        Objects.requireNonNull(column);
        Objects.requireNonNull(type);
    }
}
