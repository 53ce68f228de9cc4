package dev.sluice.connector.mysql.log;

import dev.sluice.connector.mysql.wire.Decoding;
import dev.sluice.spi.type.Field;

/**
 * A column as a query reads it.
 *
 * @param field its name and type
 * @param decoding how its texts are read
 * @param expression what a query selects, in which {@code %s} stands for the column
 */
public record LogColumn(Field field, Decoding decoding, String expression) {}
