/**
 * Writing Avro container files: the schema with exact types, rows as binary records, blocks that are compressed one by
 * one.
 *
 * <p>Begin at {@link dev.sluice.connector.file.destination.avro.AvroFormat}. Neighbours: {@code files} divides the rows
 * into files, {@code manifest} remembers these.
 */
@NullMarked
package dev.sluice.connector.file.destination.avro;

import org.jspecify.annotations.NullMarked;
