/**
 * What a store of objects has to offer so that files can be read from it and written to it, whoever runs it.
 *
 * <p>Keys are texts with slashes and no folders; an object is replaced as a whole, has a version, and can be written on
 * the condition that nobody else did. Each kind of store is a package of its own below this one; this one knows none.
 */
@NullMarked
package dev.sluice.connector.file.store;

import org.jspecify.annotations.NullMarked;
