/**
 * The file: the options that say which one and how to open it, connections, and what can be wrong with it. Used by source
 * and destination; knows the driver.
 */
@NullMarked
package dev.sluice.connector.sqlite.session;

import org.jspecify.annotations.NullMarked;
