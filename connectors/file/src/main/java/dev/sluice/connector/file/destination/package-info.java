/**
 * The destination: a folder of files for each stream, or one file, in CSV, JSON lines or Parquet.
 *
 * <p>Files are written out of sight and shown by renaming; a manifest beside them says which belong to the target and how
 * far its stream has come, and replacing it is the commit (I2). Neighbours: {@code place} knows where everything lies,
 * {@code manifest} keeps the manifest, {@code columns} settles the columns, {@code text} and {@code parquet} write files.
 */
@NullMarked
package dev.sluice.connector.file.destination;

import org.jspecify.annotations.NullMarked;
