/**
 * What the writers of all formats share: how the rows of one lane become files, what these are called, and which partition
 * a row belongs to.
 *
 * <p>Neighbours: {@code text} and {@code parquet} implement it, {@code manifest} remembers the files.
 */
@NullMarked
package dev.sluice.connector.file.destination.files;

import org.jspecify.annotations.NullMarked;
