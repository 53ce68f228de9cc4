/**
 * Where the bytes of files come from: the disk, the web, standard input; decompressed and turned into UTF-8.
 *
 * <p>A {@link dev.sluice.connector.file.input.SourceFile} is a file at one moment. Bytes of two versions of a file never
 * mix: whoever opens or goes on with a file states the version, and a change is a problem. What comes from outside is
 * bounded: the ratio of decompression, the number of redirects, the time without an answer. Knows no other package of
 * this connector.
 */
@NullMarked
package dev.sluice.connector.file.input;

import org.jspecify.annotations.NullMarked;
