/**
 * Web services for tests of connectors: what a real one answered once, kept in a file, and given again without a network.
 */
@NullMarked
package dev.sluice.testkit.http;

import org.jspecify.annotations.NullMarked;
