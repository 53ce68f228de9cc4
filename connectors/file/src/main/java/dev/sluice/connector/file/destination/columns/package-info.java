/**
 * Which columns the files of a target have: those of the fields, of fields that no longer come, and of the metadata, and
 * how they go on when the fields change.
 *
 * <p>Neighbours: {@code manifest} remembers the columns, {@code text} and {@code parquet} write them.
 */
@NullMarked
package dev.sluice.connector.file.destination.columns;

import org.jspecify.annotations.NullMarked;
