/** Streams of bytes that several rooms make. Knows no other package of this connector. */
@NullMarked
package dev.sluice.connector.file.bytes;

import org.jspecify.annotations.NullMarked;
