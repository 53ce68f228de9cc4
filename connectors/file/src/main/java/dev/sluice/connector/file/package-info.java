/**
 * The connector {@code file}: what the host finds through {@link java.util.ServiceLoader}. The work is done in {@code
 * source} and {@code destination}.
 */
@NullMarked
package dev.sluice.connector.file;

import org.jspecify.annotations.NullMarked;
