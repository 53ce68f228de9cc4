package dev.sluice.connector.postgres.copy;

import dev.sluice.spi.type.Field;

/**
 * A column of a COPY.
 *
 * @param field the field of the stream
 * @param format how the server sends or takes it
 */
public record CopyColumn(Field field, CopyFormat format) {}
