/**
 * The connector {@code sample}: made-up users, products and purchases, always the same for the same options.
 *
 * <p>What the rows are is the matter of {@code content}; here are the options, and how a read is divided, continued and
 * carried on from version to version.
 */
@NullMarked
package dev.sluice.connector.sample;

import org.jspecify.annotations.NullMarked;
