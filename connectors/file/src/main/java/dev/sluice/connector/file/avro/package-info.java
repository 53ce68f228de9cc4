/**
 * Reading Avro container files: their header, their blocks one after the other, and the values of each record straight
 * into columns.
 *
 * <p>Begin at {@link dev.sluice.connector.file.avro.AvroRows}. The schema is parsed by Apache Avro; blocks and values are
 * read here, so that every length is checked before it is believed and damage is told with its place.
 */
@NullMarked
package dev.sluice.connector.file.avro;

import org.jspecify.annotations.NullMarked;
