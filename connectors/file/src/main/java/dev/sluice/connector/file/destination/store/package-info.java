/**
 * How a target lies in a store: its keys, its manifest, its lock and its files. The manifest is written on the condition
 * that it is still the one that this run knows, and that is the commit.
 */
@NullMarked
package dev.sluice.connector.file.destination.store;

import org.jspecify.annotations.NullMarked;
