/**
 * What is done to the rows of a stream between its source and its destination, before anything is written: hashing,
 * renaming, encryption, filtering, computed fields, selection inside of documents.
 *
 * <p>A {@link dev.sluice.engine.map.MapperSpec} is what the user wrote; a {@link dev.sluice.engine.map.Mapping} is a list
 * of them made ready for the fields of a stream, and works batch by batch. Neighbours: {@code connection} holds the
 * settings, {@code plan} makes the mapping, {@code run} applies it.
 */
@NullMarked
package dev.sluice.engine.map;

import org.jspecify.annotations.NullMarked;
