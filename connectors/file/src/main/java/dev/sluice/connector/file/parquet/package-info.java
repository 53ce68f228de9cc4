/**
 * Parquet: what a file's directory says, and its rows as batches, by means of DuckDB.
 *
 * <p>DuckDB reads only files of this machine here and loads nothing from the network; others are fetched first. Each
 * reader asks for the rows of some row groups by their numbers in the file, so a file is read by several at once and a
 * read goes on anywhere. Neighbours: {@code source} decides what is read, {@code input} fetches, {@code cells} knows what
 * the rows of a file are.
 */
@NullMarked
package dev.sluice.connector.file.parquet;

import org.jspecify.annotations.NullMarked;
